package dev.earmark;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;

/** The rules of the house, with the engine of clusters on the class path. */
@AnalyzeClasses(packages = "dev.earmark", importOptions = ArchitectureTest.Product.class)
class ClusterArchitectureTest {
  @ArchTest static final ArchTests RULES = ArchTests.in(ArchitectureTest.class);
}
