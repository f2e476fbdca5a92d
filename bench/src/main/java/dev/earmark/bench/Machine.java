package dev.earmark.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What something was measured on, and when.
 *
 * @param processor as it calls itself
 * @param cores how many of it may be used
 * @param memoryGigabytes of the machine
 * @param system its name and version
 * @param jdk the vendor and version of the JDK
 * @param date in UTC
 */
record Machine(
    String processor, int cores, long memoryGigabytes, String system, String jdk, LocalDate date) {
  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

  /** This machine, today. */
  static Machine here() {
    long memory =
        ManagementFactory.getOperatingSystemMXBean()
                instanceof com.sun.management.OperatingSystemMXBean system
            ? Math.round(system.getTotalMemorySize() / 1e9)
            : 0;
    return new Machine(
        processorHere(),
        Runtime.getRuntime().availableProcessors(),
        memory,
        System.getProperty("os.name"),
        System.getProperty("java.vm.vendor") + ' ' + System.getProperty("java.vm.version"),
        LocalDate.now(ZoneOffset.UTC));
  }

  private static String processorHere() {
    String architecture = System.getProperty("os.arch");
    if (!Files.isReadable(PROCESSORS)) {
      return architecture;
    }
    try (Stream<String> lines = Files.lines(PROCESSORS)) {
      Optional<String> name =
          lines
              .filter(line -> line.startsWith("model name"))
              .map(line -> line.substring(line.indexOf(':') + 1).strip())
              .findFirst();
      return name.orElse(architecture);
    } catch (IOException e) {
      return architecture;
    }
  }

  /** On one line. */
  String describe() {
    return date
        + ", "
        + cores
        + " cores of "
        + processor
        + ", "
        + memoryGigabytes
        + " GB, "
        + system
        + ", "
        + jdk;
  }
}
