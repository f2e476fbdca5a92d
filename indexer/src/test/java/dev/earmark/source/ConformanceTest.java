package dev.earmark.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.earmark.model.ProblemLog;
import dev.earmark.model.TimeSpan;
import dev.earmark.model.Timestamp;
import dev.earmark.source.time.Times;
import dev.earmark.source.time.TtmlTime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Inputs with the result that a specification or another reader's own suite expects, a row each.
 *
 * <p>Our own rows lie in {@code resources/conformance}, with the input in the row. The inputs of
 * other projects' suites are read as well where {@code ../shared/conformance} is there. A {@code
 * normative} row must pass. A {@code reference} row must pass too, or stand in {@code
 * exceptions.txt} with the reason; a row that stands there and passes is an error, so that the list
 * stays true. A {@code constructed} row must not crash.
 */
class ConformanceTest {
  private static final Path OWN = Path.of("src/test/resources/conformance");
  private static final Path OTHERS = Path.of("../../shared/conformance");
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The rows that are feeds, which are no source: {@code FeedTest} reads them. */
  private static final String FEED = "feed-xml";

  @TestFactory
  Stream<DynamicTest> cases() throws IOException {
    Map<String, String> exceptions = exceptions();
    Set<String> unused = new TreeSet<>(exceptions.keySet());
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonNode row : rows("cases.jsonl")) {
      String id = row.get("id").asText();
      unused.remove(id);
      if (!row.get("format").asText().equals(FEED)) {
        tests.add(DynamicTest.dynamicTest(id, () -> check(row, exceptions.get(id))));
      }
    }
    for (JsonNode row : rows("timestamps.jsonl")) {
      String id = row.get("id").asText();
      unused.remove(id);
      tests.add(
          DynamicTest.dynamicTest(
              id + " " + row.get("input").asText(),
              () -> verdict(timestamp(row), exceptions.get(id), id)));
    }
    tests.add(
        DynamicTest.dynamicTest(
            "inputs of other projects",
            () -> {
              Assumptions.assumeTrue(
                  Files.isDirectory(OTHERS),
                  () ->
                      "that 597 inputs of other projects' suites are read as those expect ("
                          + OTHERS
                          + " is not there; our own rows were read)");
              assertThat(unused).as("exceptions for rows that are not there").isEmpty();
            }));
    return tests.stream();
  }

  /** What share of the inputs is recognised by content and name alone. */
  @Test
  void recognition() throws IOException {
    Map<String, int[]> counts = new TreeMap<>();
    List<String> wrong = new ArrayList<>();
    for (JsonNode row : rows("cases.jsonl")) {
      Optional<SourceFormat> format = format(row);
      String mode = row.at("/expect/mode").asText();
      boolean nothingToRead = mode.equals("reject") || row.path("zero_or_reject").asBoolean();
      if (format.isEmpty() || nothingToRead) {
        continue;
      }
      String id = format.get().id();
      String found = Formats.recognise(source(row)).map(SourceFormat::id).orElse("nothing");
      int[] count = counts.computeIfAbsent(id, unused -> new int[2]);
      count[found.equals(id) ? 0 : 1]++;
      if (!found.equals(id)) {
        wrong.add(row.get("id").asText() + " taken for " + found);
      }
    }
    int right = counts.values().stream().mapToInt(count -> count[0]).sum();
    int all = right + wrong.size();
    System.out.println("recognised " + right + " of " + all + " conformance inputs; " + wrong);
    assertThat(right * 100.0 / all).as("per cent recognised; wrong: " + wrong).isGreaterThan(97);
  }

  @Test
  void everyFormatOfTheRowsIsRead() throws IOException {
    Set<String> missing = new TreeSet<>();
    for (JsonNode row : rows("cases.jsonl")) {
      if (format(row).isEmpty()) {
        missing.add(row.get("format").asText());
      }
    }
    assertThat(missing).containsExactly(FEED);
  }

  private static List<JsonNode> rows(String file) throws IOException {
    List<JsonNode> rows = new ArrayList<>();
    for (Path folder : List.of(OWN, OTHERS)) {
      if (Files.isDirectory(folder)) {
        for (String line : Files.readAllLines(folder.resolve(file))) {
          rows.add(JSON.readTree(line));
        }
      }
    }
    return rows;
  }

  /** The exceptions file: an id and the reason on each line. */
  private static Map<String, String> exceptions() throws IOException {
    Map<String, String> exceptions = new LinkedHashMap<>();
    for (String line : Files.readAllLines(OWN.resolve("exceptions.txt"))) {
      if (!line.isBlank() && !line.startsWith("#")) {
        String[] parts = line.strip().split("\\s+", 2);
        assertThat(parts).as("an exception needs an id and a reason: " + line).hasSize(2);
        assertThat(exceptions.put(parts[0], parts[1])).as("listed twice: " + parts[0]).isNull();
      }
    }
    return exceptions;
  }

  private static Optional<SourceFormat> format(JsonNode row) {
    return Formats.byId(row.get("format").asText());
  }

  private static RawSource source(JsonNode row) throws IOException {
    if (row.has("content")) {
      return new RawSource(
          row.get("name").asText(), row.get("content").asText().getBytes(StandardCharsets.UTF_8));
    }
    Path file = OTHERS.resolve(row.get("input").asText());
    return new RawSource(file.getFileName().toString(), Files.readAllBytes(file));
  }

  private static void check(JsonNode row, String exception) throws IOException {
    SourceFormat format = format(row).orElseThrow();
    List<Given> cues = null;
    String refusal = null;
    try {
      ParsedSource parsed = format.read(source(row), new ProblemLog("case"));
      cues = given(parsed);
    } catch (SourceException e) {
      refusal = e.getMessage();
      assertThat(refusal).as("a refusal needs a message").isNotBlank();
    }
    String difference = refusal != null ? refused(row, refusal) : compare(row, cues);
    String authority = row.get("authority").asText();
    if (authority.equals("constructed")) {
      return;
    }
    if (authority.equals("normative")) {
      assertThat(exception).as("a normative row cannot be excepted").isNull();
    }
    verdict(difference, exception, row.get("id").asText());
  }

  private static void verdict(String difference, String exception, String id) {
    if (exception == null) {
      assertThat(difference).as(id).isNull();
    } else if (difference == null) {
      fail(id + " passes: take it off exceptions.txt");
    }
  }

  // What follows says the same as run_cases.py beside the rows.

  /** A cue as the command line prints it. */
  private record Given(long startMs, Long endMs, String speaker, String text) {
    boolean isBlank() {
      return text.isBlank();
    }
  }

  /** The cues; of a source of chapters, which has none, the moments. */
  private static List<Given> given(ParsedSource parsed) {
    List<Given> all = new ArrayList<>();
    parsed.cues().forEach(cue -> all.add(given(cue.span(), cue.speaker(), cue.text())));
    parsed.moments().stream()
        .filter(moment -> parsed.cues().isEmpty())
        .filter(moment -> moment.anchor().span().isPresent())
        .forEach(moment ->
            all.add(given(moment.anchor().span().orElseThrow(), moment.speaker(), moment.text())));
    return all;
  }

  private static Given given(TimeSpan span, String speaker, String text) {
    return new Given(span.startMs(), span.end() == null ? null : span.endMs(), speaker, text);
  }

  private static String refused(JsonNode row, String message) {
    JsonNode expect = row.get("expect");
    String mode = expect.get("mode").asText();
    boolean right =
        mode.equals("reject")
            || (mode.equals("tolerate") && expect.path("min_cues").asInt() == 0)
            || row.path("zero_or_reject").asBoolean();
    return right ? null : "must be read, but: " + message;
  }

  private static String compare(JsonNode row, List<Given> all) {
    JsonNode expect = row.get("expect");
    List<Given> spoken = all.stream().filter(cue -> !cue.isBlank()).toList();
    String joined = String.join(" ", all.stream().map(Given::text).toList());
    return switch (expect.get("mode").asText()) {
      case "reject" -> "must be refused, but gave " + all.size() + " cues";
      case "tolerate" ->
          all.size() >= expect.path("min_cues").asInt() ? null : "too few cues: " + all.size();
      case "cues" -> cues(row, all, spoken);
      case "count", "at" -> {
        String difference = countAndAt(row, all);
        yield difference == null ? null : countAndAt(row, spoken) == null ? null : difference;
      }
      case "transcript" -> transcript(row, joined, spoken);
      case "contains" -> contains(expect, joined, all);
      case "times_subset" -> timesSubset(row, all);
      default -> "unknown mode " + expect.get("mode");
    };
  }

  private static String cues(JsonNode row, List<Given> all, List<Given> spoken) {
    List<JsonNode> expected = new ArrayList<>();
    boolean keepEmpty = row.path("keep_empty").asBoolean();
    row.at("/expect/cues").forEach(cue -> expected.add(cue));
    if (!keepEmpty) {
      expected.removeIf(ConformanceTest::isBlank);
      return list(row, expected, spoken);
    }
    String difference = list(row, expected, all);
    if (difference == null) {
      return null;
    }
    List<JsonNode> withText = expected.stream().filter(cue -> cue.has("text")).toList();
    return list(row, withText, spoken) == null ? null : difference;
  }

  private static boolean isBlank(JsonNode cue) {
    List<String> texts = texts(cue);
    return texts != null && texts.stream().allMatch(String::isBlank);
  }

  private static List<String> texts(JsonNode cue) {
    if (cue.has("text_any")) {
      List<String> texts = new ArrayList<>();
      cue.get("text_any").forEach(text -> texts.add(text.asText()));
      return texts;
    }
    return cue.hasNonNull("text") ? List.of(cue.get("text").asText()) : null;
  }

  private static String list(JsonNode row, List<JsonNode> expected, List<Given> given) {
    String difference = inOrder(row, expected, given);
    boolean timed = expected.stream().allMatch(cue -> cue.hasNonNull("start_ms"));
    if (difference == null || !timed || expected.size() != given.size()) {
      return difference;
    }
    // The order of printing is free.
    List<JsonNode> sortedExpected =
        expected.stream()
            .sorted(
                order(
                    cue -> cue.get("start_ms").asLong(),
                    cue -> cue.path("end_ms").asLong(),
                    cue -> texts(cue) == null ? "" : texts(cue).get(0)))
            .toList();
    List<Given> sortedGiven =
        given.stream()
            .sorted(
                order(Given::startMs, cue -> cue.endMs() == null ? 0 : cue.endMs(), Given::text))
            .toList();
    return inOrder(row, sortedExpected, sortedGiven) == null ? null : difference;
  }

  private static <T> Comparator<T> order(
      Function<T, Long> start, Function<T, Long> end, Function<T, String> text) {
    return Comparator.comparing(start)
        .thenComparing(Comparator.comparing(end).reversed())
        .thenComparing(cue -> normal(text.apply(cue)));
  }

  private static String inOrder(JsonNode row, List<JsonNode> expected, List<Given> given) {
    if (expected.size() != given.size()) {
      return "want " + expected.size() + " cues, got " + given.size() + ": " + head(given);
    }
    for (int i = 0; i < expected.size(); i++) {
      String difference = difference(row, expected.get(i), given.get(i));
      if (difference != null) {
        return "cue " + i + ": " + difference;
      }
    }
    return null;
  }

  private static Object head(List<Given> given) {
    return given.size() > 6 ? given.subList(0, 6) + " …" : given;
  }

  private static String difference(JsonNode row, JsonNode want, Given got) {
    long tolerance = row.has("tol_ms") ? row.get("tol_ms").asLong() : 1;
    if (want.hasNonNull("start_ms")
        && Math.abs(got.startMs() - want.get("start_ms").asDouble()) > tolerance) {
      return "start " + want.get("start_ms") + ", got " + got.startMs();
    }
    if (want.hasNonNull("end_ms")
        && !row.path("end_optional").asBoolean()
        && (got.endMs() == null
            || Math.abs(got.endMs() - want.get("end_ms").asDouble()) > tolerance)) {
      return "end " + want.get("end_ms") + ", got " + got.endMs();
    }
    List<String> texts = texts(want);
    if (texts != null
        && texts.stream().noneMatch(text -> normal(text).equals(normal(got.text())))) {
      return "text \"" + texts.get(0) + "\", got \"" + got.text() + "\"";
    }
    if (want.path("no_speaker").asBoolean() && got.speaker() != null) {
      return "no speaker, got " + got.speaker();
    }
    boolean mayLack = want.path("speaker_optional").asBoolean() && got.speaker() == null;
    if (want.hasNonNull("speaker")
        && !mayLack
        && !bareName(want.get("speaker").asText()).equals(bareName(got.speaker()))) {
      return "speaker " + want.get("speaker") + ", got " + got.speaker();
    }
    return null;
  }

  private static String bareName(String name) {
    return normal(name).replaceAll(":+$", "");
  }

  /** NFC, and any white space one space. */
  private static String normal(String text) {
    if (text == null) {
      return "";
    }
    return Normalizer.normalize(text, Normalizer.Form.NFC)
        .replaceAll("[\\s\\u0085\\u001C-\\u001F\\p{Z}]+", " ")
        .strip();
  }

  private static String countAndAt(JsonNode row, List<Given> given) {
    JsonNode expect = row.get("expect");
    if (expect.get("mode").asText().equals("count")) {
      Set<Integer> counts = new HashSet<>();
      counts.add(expect.get("count").asInt());
      expect.path("count_any").forEach(count -> counts.add(count.asInt()));
      if (!counts.contains(given.size())) {
        return "want " + counts + " cues, got " + given.size();
      }
    }
    for (Map.Entry<String, JsonNode> at : expect.path("at").properties()) {
      int index = Integer.parseInt(at.getKey());
      String difference =
          index >= given.size() ? "missing" : difference(row, at.getValue(), given.get(index));
      if (difference != null) {
        return "cue " + index + ": " + difference;
      }
    }
    return null;
  }

  private static String transcript(JsonNode row, String joined, List<Given> spoken) {
    JsonNode expect = row.get("expect");
    long tolerance = row.has("tol_ms") ? row.get("tol_ms").asLong() : 1;
    if (!normal(joined).equals(normal(expect.get("text").asText()))) {
      return "joined text, got \"" + joined + "\"";
    }
    if (spoken.isEmpty()) {
      return null;
    }
    if (expect.hasNonNull("first_start_ms")
        && Math.abs(spoken.get(0).startMs() - expect.get("first_start_ms").asLong()) > tolerance) {
      return "first start, got " + spoken.get(0).startMs();
    }
    Long end = spoken.get(spoken.size() - 1).endMs();
    return expect.hasNonNull("last_end_ms")
            && end != null
            && Math.abs(end - expect.get("last_end_ms").asLong()) > tolerance
        ? "last end, got " + end
        : null;
  }

  private static String contains(JsonNode expect, String joined, List<Given> all) {
    if (all.size() < expect.path("min_cues").asInt()) {
      return "too few cues: " + all.size();
    }
    for (JsonNode text : expect.get("texts")) {
      if (!normal(joined).contains(normal(text.asText()))) {
        return "missing text " + text;
      }
    }
    for (JsonNode text : expect.path("not_contains")) {
      if (joined.contains(text.asText())) {
        return "text that should not be there: " + text;
      }
    }
    return null;
  }

  private static String timesSubset(JsonNode row, List<Given> all) {
    JsonNode expect = row.get("expect");
    long tolerance = row.has("tol_ms") ? row.get("tol_ms").asLong() : 1;
    if (all.size() < expect.path("min_cues").asInt()) {
      return "too few cues: " + all.size();
    }
    for (Given cue : all) {
      for (Long time : new Long[] {cue.startMs(), cue.endMs()}) {
        boolean known = time == null;
        for (JsonNode expected : expect.get("times_ms")) {
          known = known || Math.abs(time - expected.asDouble()) <= tolerance;
        }
        if (!known) {
          return time + " is no time of the reference: " + head(all);
        }
      }
    }
    return null;
  }

  /** A time stamp row, read by TTML's own rules where the row comes from TTML. */
  private static String timestamp(JsonNode row) {
    String input = row.get("input").asText();
    Long millis = Timestamp.tryParse(input).map(Timestamp::millis).orElse(null);
    if (row.path("context").asText().equals("ttml")) {
      long ttml = TtmlTime.DEFAULT.parse(input);
      millis = ttml == Times.NONE ? null : (Long) ttml;
    }
    if (!row.hasNonNull("expect_ms")) {
      return millis == null ? null : "must be refused, got " + millis;
    }
    return millis != null && Math.abs(millis - row.get("expect_ms").asDouble()) <= 1
        ? null
        : "want " + row.get("expect_ms") + ", got " + millis;
  }
}
