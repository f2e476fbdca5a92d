package dev.earmark;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.List;

/** Who may know whom: the rules of the house, a line each. */
@AnalyzeClasses(packages = "dev.earmark", importOptions = ArchitectureTest.Product.class)
class ArchitectureTest {

  /** What is handed to users, wherever it is compiled to: neither tests nor measurements. */
  static final class Product implements ImportOption {
    private static final List<String> OTHERS =
        List.of("/test-classes/", "/test/dev/", "-tests.jar", "/dev/earmark/bench/");

    @Override
    public boolean includes(Location location) {
      return OTHERS.stream().noneMatch(location::contains);
    }
  }

  @ArchTest
  static final ArchRule NO_CYCLES = slices().matching("dev.earmark.(**)").should().beFreeOfCycles();

  /** Who reads one of these files can read those it stands on first. */
  @ArchTest
  static final ArchRule NO_CYCLES_AMONG_FILES_OF_SEARCH =
      slices()
          .assignedFrom(
              new Files(
                  "dev.earmark.search.lucene",
                  "dev.earmark.search.opensearch",
                  "dev.earmark.search.rank",
                  "dev.earmark.search.spoken"))
          .should()
          .beFreeOfCycles();

  /** Classes by the file they stand in. */
  private record Files(List<String> packages) implements SliceAssignment {
    Files(String... packages) {
      this(List.of(packages));
    }

    @Override
    public String getDescription() {
      return "files of " + packages;
    }

    @Override
    public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
      JavaClass outermost = javaClass;
      while (outermost.getEnclosingClass().isPresent()) {
        outermost = outermost.getEnclosingClass().get();
      }
      return packages.contains(outermost.getPackageName())
          ? SliceIdentifier.of(outermost.getName())
          : SliceIdentifier.ignore();
    }
  }

  @ArchTest
  static final ArchRule TEXT_KNOWS_THE_JDK = knowsOnly("dev.earmark.text", "dev.earmark.text");

  /** Stemmers are Lucene's, but nobody who asks for a stem is told so. */
  @ArchTest
  static final ArchRule TEXT_HIDES_LUCENE =
      noMethods()
          .that()
          .areDeclaredInClassesThat()
          .resideInAPackage("dev.earmark.text")
          .and()
          .areNotPrivate()
          .should()
          .haveRawReturnType(resideInAnyPackage("org.apache.lucene..", "org.tartarus.."))
          .orShould()
          .haveRawParameterTypes(
              DescribedPredicate.anyElementThat(
                  resideInAnyPackage("org.apache.lucene..", "org.tartarus..")));

  /** Only one room stems; another stemmer would disagree with it. */
  @ArchTest
  static final ArchRule ONE_ROOM_FOR_WORDS =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.earmark.text")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("org.tartarus..", "org.apache.lucene.analysis.snowball.."));

  @ArchTest
  static final ArchRule MODEL_KNOWS_TEXT =
      knowsOnly("dev.earmark.model", "dev.earmark.model", "dev.earmark.text");

  @ArchTest
  static final ArchRule SOURCE_KNOWS_THE_MODEL =
      knowsOnly(
          "dev.earmark.source..", "dev.earmark.source..", "dev.earmark.model", "dev.earmark.text");

  /** What formats are made of does not know the formats; and no format knows all of them. */
  @ArchTest
  static final ArchRule FORMATS_STAND_ON_SHARED_ROOMS =
      noClasses()
          .that(
              resideInAnyPackage(
                  "dev.earmark.source",
                  "dev.earmark.source.syntax",
                  "dev.earmark.source.time",
                  "dev.earmark.source.head",
                  "dev.earmark.source.cue",
                  "dev.earmark.source.episode"))
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                  "dev.earmark.source.caption",
                  "dev.earmark.source.asr",
                  "dev.earmark.source.turn",
                  "dev.earmark.source.document",
                  "dev.earmark.source.chapter"));

  @ArchTest
  static final ArchRule TIMES_KNOW_THE_MODEL =
      knowsOnly(
          "dev.earmark.source.time",
          "dev.earmark.source.time",
          "dev.earmark.source.syntax",
          "dev.earmark.model",
          "dev.earmark.text");

  @ArchTest
  static final ArchRule TRANSCRIPT_KNOWS_THE_MODEL =
      knowsOnly(
          "dev.earmark.transcript",
          "dev.earmark.transcript",
          "dev.earmark.model",
          "dev.earmark.text");

  @ArchTest
  static final ArchRule CORPUS_KNOWS_SOURCES =
      knowsOnly(
          "dev.earmark.corpus",
          "dev.earmark.corpus",
          "dev.earmark.source..",
          "dev.earmark.transcript",
          "dev.earmark.model",
          "dev.earmark.text");

  @ArchTest
  static final ArchRule SCHEMA_KNOWS_THE_MODEL =
      knowsOnly(
          "dev.earmark.schema", "dev.earmark.schema", "dev.earmark.model", "dev.earmark.text");

  /** What a model must do is said without one. */
  @ArchTest
  static final ArchRule VECTOR_KNOWS_THE_INDEX =
      knowsOnly(
          "dev.earmark.vector",
          "dev.earmark.vector",
          "dev.earmark.index",
          "dev.earmark.schema",
          "dev.earmark.model",
          "dev.earmark.text");

  /** Where the rules are held with the engine of clusters, the module of meaning is not there. */
  @ArchTest
  static final ArchRule MEANING_KNOWS_VECTOR =
      knowsOnly("dev.earmark.meaning", "dev.earmark.meaning", "dev.earmark.vector")
          .allowEmptyShould(true);

  /** It is found as a service, so that all works without it. */
  @ArchTest
  static final ArchRule NOBODY_KNOWS_MEANING =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.earmark.meaning")
          .should()
          .dependOnClassesThat(resideInAnyPackage("dev.earmark.meaning", "ai.onnxruntime.."));

  @ArchTest
  static final ArchRule QUERY_KNOWS_THE_SCHEMA =
      knowsOnly(
          "dev.earmark.query",
          "dev.earmark.query",
          "dev.earmark.schema",
          "dev.earmark.model",
          "dev.earmark.text");

  @ArchTest
  static final ArchRule THE_INDEXER_DOES_NOT_KNOW_WHO_ASKS =
      noClasses()
          .that(
              resideInAnyPackage(
                  "dev.earmark.text..",
                  "dev.earmark.model..",
                  "dev.earmark.source..",
                  "dev.earmark.transcript..",
                  "dev.earmark.corpus..",
                  "dev.earmark.align..",
                  "dev.earmark.schema..",
                  "dev.earmark.vector..",
                  "dev.earmark.index.."))
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                  "dev.earmark.query..",
                  "dev.earmark.search..",
                  "dev.earmark.http..",
                  "dev.earmark.page..",
                  "dev.earmark.export..",
                  "dev.earmark.mcp..",
                  "dev.earmark.cli.."));

  @ArchTest
  static final ArchRule SEARCH_DOES_NOT_KNOW_THE_DOORS =
      noClasses()
          .that()
          .resideInAnyPackage(
              "dev.earmark.search..",
              "dev.earmark.query..",
              "dev.earmark.export..",
              "dev.earmark.clip..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                  "dev.earmark.http..",
                  "dev.earmark.page..",
                  "dev.earmark.mcp..",
                  "dev.earmark.iiif..",
                  "dev.earmark.cli.."));

  /** What is HTTP of the protocol is in http. */
  @ArchTest
  static final ArchRule ONLY_ITS_DOOR_KNOWS_THE_ASSISTANTS_PROTOCOL =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.earmark.mcp..", "dev.earmark.http..")
          .should()
          .dependOnClassesThat(resideInAnyPackage("io.modelcontextprotocol.."));

  @ArchTest
  static final ArchRule ASSISTANTS_DO_NOT_KNOW_OTHER_DOORS =
      noClasses()
          .that()
          .resideInAPackage("dev.earmark.mcp..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("dev.earmark.http..", "dev.earmark.page..", "dev.earmark.cli.."));

  @ArchTest
  static final ArchRule ARCHIVES_DO_NOT_KNOW_OTHER_DOORS =
      noClasses()
          .that()
          .resideInAPackage("dev.earmark.iiif..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                  "dev.earmark.http..",
                  "dev.earmark.page..",
                  "dev.earmark.mcp..",
                  "dev.earmark.cli.."));

  @ArchTest
  static final ArchRule LUCENE_LIVES_IN_ITS_PACKAGES =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "dev.earmark.text..", "dev.earmark.index.lucene..", "dev.earmark.search.lucene..")
          .should()
          .dependOnClassesThat(resideInAnyPackage("org.apache.lucene..", "org.tartarus.."));

  /** What every engine shares, and the other engine, stand without Lucene's. */
  @ArchTest
  static final ArchRule NOTHING_SHARED_KNOWS_LUCENE =
      noClasses()
          .that()
          .resideInAnyPackage(
              "dev.earmark.search.spoken..",
              "dev.earmark.search.rank..",
              "dev.earmark.index.opensearch..",
              "dev.earmark.search.opensearch..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("dev.earmark.index.lucene..", "dev.earmark.search.lucene.."));

  /** They are a module of their own, which nobody knows: who names a cluster has it found. */
  @ArchTest
  static final ArchRule OPENSEARCH_LIVES_IN_ITS_PACKAGES =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "dev.earmark.index.opensearch..", "dev.earmark.search.opensearch..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                  "dev.earmark.index.opensearch..",
                  "dev.earmark.search.opensearch..",
                  "org.opensearch.."));

  @ArchTest
  static final ArchRule ONLY_OPENSEARCH_TALKS_TO_A_CLUSTER =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "dev.earmark.index.opensearch..", "dev.earmark.search.opensearch..")
          .should()
          .dependOnClassesThat()
          .haveSimpleName("OpenSearchClient");

  @ArchTest
  static final ArchRule ONLY_HTTP_KNOWS_JAVALIN =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.earmark.http..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("io.javalin..", "jakarta.servlet..", "org.eclipse.jetty.."));

  @ArchTest
  static final ArchRule ONLY_PAGES_KNOW_TEMPLATES =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.earmark.page..")
          .should()
          .dependOnClassesThat(resideInAnyPackage("gg.jte.."));

  @ArchTest
  static final ArchRule ONLY_THE_COMMAND_LINE_PRINTS =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.earmark.cli..")
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err")
          .orShould()
          .callMethod(System.class, "exit", int.class)
          .orShould()
          .callMethod(System.class, "getenv", String.class);

  @ArchTest
  static final ArchRule ONE_PLACE_OPENS_AN_INDEX_FOR_WRITING =
      noClasses()
          .that()
          .doNotHaveSimpleName("LuceneIndexSink")
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("org.apache.lucene.index.IndexWriter");

  private static ArchRule knowsOnly(String who, String... whom) {
    return noClasses()
        .that()
        .resideInAPackage(who)
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("dev.earmark..")
                .and(DescribedPredicate.not(resideInAnyPackage(whom))));
  }

  @ArchTest
  static final ArchRule EXCEPTIONS_ARE_CALLED_SO =
      classes()
          .that()
          .areAssignableTo(Exception.class)
          .should()
          .haveSimpleNameEndingWith("Exception");
}
