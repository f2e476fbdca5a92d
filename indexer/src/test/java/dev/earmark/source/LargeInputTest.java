package dev.earmark.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earmark.model.ProblemLog;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Time stays linear in the input: seconds for what would take hours if it were squared. */
class LargeInputTest {
  private static final Duration SECONDS = Duration.ofSeconds(30);
  private static final int CUES = 1_000_000;

  @Test
  void aMillionWebVttCues() {
    assertMillion("vtt", "WEBVTT\n\n", i -> "00:00:01.000 --> 00:00:02.000\nAda: words\n\n");
  }

  @Test
  void aMillionSubRipCues() {
    assertMillion("srt", "", i -> i + "\n00:00:01,000 --> 00:00:02,000\nwords & <i>more</i>\n\n");
  }

  @Test
  void aHundredThousandTtmlCues() throws Exception {
    StringBuilder text = new StringBuilder("<tt><body><div>");
    for (int i = 0; i < 100_000; i++) {
      text.append("<p begin=\"").append(i).append("s\" dur=\"1s\">a &amp; b<br/>c</p>");
    }
    assertThat(count("ttml", text.append("</div></body></tt>").toString())).isEqualTo(100_000);
  }

  private static void assertMillion(String format, String head, IntFunction<String> cue) {
    StringBuilder text = new StringBuilder(head);
    for (int i = 0; i < CUES; i++) {
      text.append(cue.apply(i));
    }
    String all = text.toString();
    Assertions.assertTimeoutPreemptively(
        SECONDS, () -> assertThat(count(format, all)).isEqualTo(CUES));
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
   * A megabyte of each sign that opens something, whose end no format may look for again and again.
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
    String body = opening.repeat((1 << 20) / opening.length());
    for (SourceFormat format : Formats.all()) {
      for (String head : Set.of("", head(format.id()))) {
        RawSource source = RawSource.ofText("large", head + body);
        format.recognise(source);
        try {
          format.read(source, new ProblemLog("large"));
        } catch (SourceException refused) {
          assertThat(refused).hasMessageNotContaining("null");
        }
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
