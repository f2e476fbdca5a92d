package dev.earmark.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earmark.model.ProblemLog;
import dev.earmark.source.caption.VttFormat;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Time stays linear in the input: seconds for what would take hours if it were squared. */
class LargeInputTest {
  /** For a hang, on however busy a machine. */
  private static final Duration SECONDS = Duration.ofSeconds(60);

  /**
   * Of the processor's time: four times what the slowest takes now, half of what a square would.
   */
  private static final Duration TWO_SECONDS = Duration.ofSeconds(2);

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  @Test
  void aMillionWebVttCues() {
    assertCues(1_000_000, "vtt", "WEBVTT\n\n", "00:00:01.000 --> 00:00:02.000\nAda: words\n\n");
  }

  @Test
  void manySubRipCues() {
    assertCues(300_000, "srt", "", "7\n00:00:01,000 --> 00:00:02,000\na &amp; <i>b</i>\n\n");
  }

  @Test
  void manyTtmlCues() {
    assertCues(100_000, "ttml", "<tt><body><div>", "<p begin='1s' dur='1s'>a &amp; b<br/>c</p>");
  }

  private static void assertCues(int cues, String format, String head, String cue) {
    Assertions.assertTimeoutPreemptively(
        SECONDS, () -> assertThat(count(format, head + cue.repeat(cues))).isEqualTo(cues));
  }

  private static int count(String format, String text) throws SourceException {
    return Formats.byId(format)
        .orElseThrow()
        .read(RawSource.ofText("large", text), new ProblemLog("large"))
        .cues()
        .size();
  }

  @Test
  void aHundredMegabytesOnOneLine() {
    byte[] line = new byte[100 << 20];
    Arrays.fill(line, (byte) 'a');
    byte[] head = "WEBVTT\n\n00:00.000 --> 00:01.000\n".getBytes(StandardCharsets.UTF_8);
    System.arraycopy(head, 0, line, 0, head.length);
    Assertions.assertTimeoutPreemptively(
        SECONDS,
        () -> {
          ParsedSource parsed =
              new VttFormat().read(new RawSource("line.vtt", line), new ProblemLog("line.vtt"));
          assertThat(parsed.cues()).hasSize(1);
          assertThat(parsed.cues().get(0).text()).hasSize(line.length - head.length);
        });
  }

  /**
   * Half a megabyte of each sign that opens something, whose end no format may look for again and
   * again.
   */
  @TestFactory
  Stream<DynamicTest> nothingButOpenings() {
    return Stream.of(
            "<",
            "&a",
            "{\\",
            "[",
            "\"",
            "\n1",
            "<v ",
            "<!--",
            "-->",
            "[00:01.00]",
            "<0:1>",
            "<SYNC Start=1>",
            "<title>",
            "<![CDATA[")
        .map(opening ->
            DynamicTest.dynamicTest(
                opening.replace("\n", "\\n"),
                () -> Assertions.assertTimeoutPreemptively(SECONDS, () -> readByAll(opening))));
  }

  private static void readByAll(String opening) {
    String body = opening.repeat((1 << 19) / opening.length());
    for (SourceFormat format : Formats.all()) {
      for (String head : List.of("", head(format.id()))) {
        RawSource source = RawSource.ofText("large", head + body);
        long before = THREADS.getCurrentThreadCpuTime();
        format.recognise(source);
        try {
          format.read(source, new ProblemLog("large"));
        } catch (SourceException refused) {
          assertThat(refused).hasMessageNotContaining("null");
        }
        assertThat(Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - before))
            .as("what %s takes for half a megabyte of %s", format.id(), opening)
            .isLessThan(TWO_SECONDS);
      }
    }
  }

  /** What lets a format come as far as its captions. */
  private static String head(String format) {
    return switch (format) {
      case "vtt" -> "WEBVTT\n\n00:00.000 --> 00:01.000\n";
      case "srt" -> "1\n00:00:00,000 --> 00:00:01,000\n";
      case "sbv" -> "0:00:00.000,0:00:01.000\n";
      case "sub-viewer" -> "[SUBTITLE]\n00:00:00.00,00:00:01.00\n";
      case "lrc" -> "[00:01.00]";
      case "ass" -> "[Events]\nDialogue: 0,0:00:00.00,0:00:01.00,Default,,0,0,0,,";
      case "smi" -> "<SAMI><BODY><SYNC Start=0>";
      case "microdvd" -> "{0}{25}";
      case "csv" -> "start,end,text\n0:01,0:02,";
      case "ttml" -> "<tt><body><p begin='0s' end='1s'>";
      case "dcsub" ->
          "<DCSubtitle><Subtitle TimeIn=\"00:00:00:000\" TimeOut=\"00:00:01:000\"><Text>";
      case "se-xml" -> "<Subtitle><Paragraph><Text>";
      case "youtube-xml" -> "<transcript><text start=\"0\" dur=\"1\">";
      case "youtube-srv3" -> "<timedtext><body><p t=\"0\" d=\"1\"><s>";
      default -> "";
    };
  }
}
