package dev.earmark.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earmark.model.ProblemLog;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Twice the input takes about twice the time, whatever is in it: for every format, and for what
 * tempts a reader to look again at what it has looked at.
 *
 * <p>Each hostile text is put into a golden input of each format, behind its last word and into its
 * middle, in one line and in many. In the suite the texts are small, and what is slower than a
 * linear reader could ever be is measured again at twice the size; {@code
 * -Dearmark.reading.bytes=200000} is a long form; with {@code -Dearmark.reading.atEnd=true} and
 * 2,000,000 bytes, and so 4,000,000 at twice the size, it takes some minutes.
 */
class ReadingTimeTest {
  /** Formats before this one, by their ids, are left out: a long run may go on where it ended. */
  private static final String FIRST = System.getProperty("earmark.reading.first", "");

  private static final int BYTES = Integer.getInteger("earmark.reading.bytes", 24_000);

  /** Whether hostile texts are only put behind the golden input: for texts of megabytes. */
  private static final boolean AT_END = Boolean.getBoolean("earmark.reading.atEnd");

  /** The most that twice the input may take. */
  private static final double MOST = 2.3;

  /** What is quicker is not looked at closer: in seconds for a million bytes. */
  private static final double QUICK = 0.7;

  private static final int TRIES = 4;

  /** So often more, where one of two seems to take longer than in proportion. */
  private static final int AGAIN = 3;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private static Map<String, String> hostile() {
    Map<String, String> units = new LinkedHashMap<>();
    units.put("bars", "|");
    units.put("bars and blanks", "| ");
    units.put("brackets", "[");
    units.put("bracket pairs", "[]");
    units.put("nested brackets", "[(");
    units.put("links", "[a](b");
    units.put("angles", "<");
    units.put("tags", "<b");
    units.put("closed tags", "<i>a</i>");
    units.put("comments", "<!--");
    units.put("colons", ":");
    units.put("names", "Ada: ");
    units.put("long names", "Ada Quist ");
    units.put("capitals", "ADA ");
    units.put("arrows", "-->");
    units.put("arrows and stamps", "00:01 --> ");
    units.put("stamps", "00:01:02.000 ");
    units.put("stamps in brackets", "[00:01] ");
    units.put("digits", "1");
    units.put("numbers", "12 ");
    units.put("blanks", " ");
    units.put("tabs", "\t");
    units.put("hard blanks", "\u00a0");
    units.put("quotes", "\u201ca ");
    units.put("closing quotes", "a\u201d ");
    units.put("stars", "*");
    units.put("stars and words", "*a **b ");
    units.put("underlines", "_");
    units.put("underlines and words", "_a ");
    units.put("ticks", "`");
    units.put("dashes", "-");
    units.put("dashes and blanks", "- ");
    units.put("hashes", "#");
    units.put("ampersands", "&");
    units.put("entities", "&amp;");
    units.put("braces", "{");
    units.put("commas", ",");
    units.put("semicolons", "a; ");
    units.put("dots", ".");
    units.put("sentences", "A b. ");
    units.put("exclamation marks", "![");
    units.put("addresses", "https://a.b/c ");
    units.put("half addresses", "http://");
    units.put("money", "$1 ");
    units.put("letters", "a");
    units.put("syllables", "ab ");
    units.put("marks", "a\u0301");
    units.put("slashes", "/");
    units.put("back slashes", "\\");
    units.put("equals", "=");
    units.put("at signs", "@a ");
    units.put("carriage returns", "\r");
    return units;
  }

  /** One golden input of each format, the smallest. */
  private static Map<String, Path> golden() throws IOException {
    Map<String, Path> found = new TreeMap<>();
    try (Stream<Path> folders = Files.list(Path.of("src/test/resources/golden"))) {
      for (Path folder : folders.filter(Files::isDirectory).sorted().toList()) {
        if (Formats.byId(folder.getFileName().toString()).isEmpty()) {
          continue;
        }
        try (Stream<Path> files = Files.list(folder)) {
          Optional<Path> one =
              files
                  .filter(file -> !file.toString().endsWith(".expected"))
                  .filter(file -> !file.toString().endsWith(".path"))
                  .filter(file -> size(file) > 80)
                  .min((a, b) -> Long.compare(size(a), size(b)));
          one.ifPresent(file -> found.put(folder.getFileName().toString(), file));
        }
      }
    }
    return found;
  }

  private static long size(Path file) {
    return file.toFile().length();
  }

  private static final Pattern WORD = Pattern.compile("[a-z]{4,}(?=[ .,\"<\\n])");

  /** Golden inputs with a hostile text of about so many bytes in them. */
  private static List<String> inputs(String golden, String unit, int bytes) {
    int size = unit.getBytes(StandardCharsets.UTF_8).length;
    String line = unit.repeat(Math.max(1, bytes / size));
    String lines = (unit.repeat(8) + '\n').repeat(Math.max(1, bytes / (8 * size + 1)));
    List<Integer> places = new ArrayList<>();
    Matcher word = WORD.matcher(golden);
    while (word.find()) {
      places.add(word.end());
    }
    List<String> inputs = new ArrayList<>();
    for (String text : List.of(line, lines)) {
      inputs.add(golden + '\n' + text);
      if (!places.isEmpty() && !AT_END) {
        int last = places.getLast();
        int middle = places.get(places.size() / 2);
        inputs.add(golden.substring(0, last) + ' ' + text + golden.substring(last));
        inputs.add(golden.substring(0, middle) + ' ' + text + golden.substring(middle));
      }
    }
    inputs.add((unit.repeat(8) + "\n\n").repeat(Math.max(1, bytes / (8 * size + 2))));
    return inputs;
  }

  /** The processor time that reading takes, in seconds. */
  private static double seconds(SourceFormat format, String name, String text) {
    long start = THREADS.getCurrentThreadCpuTime();
    RawSource source = RawSource.ofText(name, text);
    try {
      format.read(source, new ProblemLog(name));
    } catch (SourceException e) {
      // Refusing it is a good answer, if it is a quick one.
    }
    return (THREADS.getCurrentThreadCpuTime() - start) / 1e9;
  }

  private static double least(SourceFormat format, String name, String text) {
    double least = Double.MAX_VALUE;
    for (int i = 0; i < TRIES; i++) {
      least = Math.min(least, seconds(format, name, text));
    }
    return least;
  }

  /**
   * Whether eight times the input, too, takes longer than in proportion. Java's compiler may come
   * between two short readings, and makes one of them some times as quick; it cannot hide a square.
   */
  private static boolean grows(SourceFormat format, String name, String once, String eightTimes) {
    double ofEight = least(format, name, eightTimes);
    return ofEight > Math.pow(MOST, 3) * least(format, name, once);
  }

  private static String eightTimes(String golden, String unit, int form) {
    return inputs(golden, unit, 8 * BYTES).get(form);
  }

  @TestFactory
  Stream<DynamicTest> twiceTheInputTakesAboutTwiceTheTime() throws IOException {
    return golden().entrySet().stream()
        .filter(entry -> entry.getKey().compareTo(FIRST) >= 0)
        .map(entry ->
            DynamicTest.dynamicTest(
                entry.getKey(), () -> measure(entry.getKey(), entry.getValue())));
  }

  @TestFactory
  Stream<DynamicTest> recognisingIsBoundedToo() {
    return hostile().entrySet().stream()
        .map(unit ->
            DynamicTest.dynamicTest(
                unit.getKey(),
                () -> {
                  String text = unit.getValue().repeat(BYTES / unit.getValue().length());
                  long start = THREADS.getCurrentThreadCpuTime();
                  var unused = Formats.recognise(RawSource.ofText("notes.txt", text));
                  double seconds = (THREADS.getCurrentThreadCpuTime() - start) / 1e9;
                  // All formats look at it; each as quickly as a reader.
                  assertThat(seconds).isLessThan(1 + Formats.all().size() * QUICK * BYTES / 1e6);
                }));
  }

  private static void measure(String id, Path file) throws IOException {
    SourceFormat format = Formats.byId(id).orElseThrow();
    // Some are in an older encoding; here only their size and their signs matter.
    String golden = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    String name = file.getFileName().toString();
    List<String> slow = new ArrayList<>();
    double slowest = 0;
    String slowestText = "";
    for (Map.Entry<String, String> unit : hostile().entrySet()) {
      List<String> once = inputs(golden, unit.getValue(), BYTES);
      List<String> twice = inputs(golden, unit.getValue(), 2 * BYTES);
      for (int i = 0; i < once.size(); i++) {
        double quick = seconds(format, name, twice.get(i));
        double perMillion = quick / twice.get(i).length() * 1e6;
        if (perMillion > slowest) {
          slowest = perMillion;
          slowestText = unit.getKey() + ", form " + i;
        }
        if (quick < QUICK * twice.get(i).length() / 1e6) {
          continue;
        }
        double of = least(format, name, once.get(i));
        double ofTwice = least(format, name, twice.get(i));
        // A busy machine may have slowed one of the two; what is slow by itself stays so.
        for (int again = 0; again < AGAIN && ofTwice > MOST * of; again++) {
          of = Math.min(of, least(format, name, once.get(i)));
          ofTwice = Math.min(ofTwice, least(format, name, twice.get(i)));
        }
        if (ofTwice >= QUICK * twice.get(i).length() / 1e6
            && ofTwice > MOST * of
            && grows(format, name, once.get(i), eightTimes(golden, unit.getValue(), i))) {
          slow.add(
              "%s, form %d: %.3f s for %d, %.3f s for twice"
                  .formatted(unit.getKey(), i, of, once.get(i).length(), ofTwice));
        }
      }
    }
    System.err.printf(
        "%s: %d signs, the slowest %.2f s a million (%s)%n", id, 2 * BYTES, slowest, slowestText);
    assertThat(slow).as(id + " takes longer than in proportion").isEmpty();
  }
}
