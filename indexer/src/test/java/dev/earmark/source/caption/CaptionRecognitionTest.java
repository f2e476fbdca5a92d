package dev.earmark.source.caption;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earmark.model.ProblemLog;
import dev.earmark.source.Formats;
import dev.earmark.source.ParsedSource;
import dev.earmark.source.RawSource;
import dev.earmark.source.Recognition;
import dev.earmark.source.SourceException;
import dev.earmark.source.SourceFormat;
import org.junit.jupiter.api.Test;

/** What golden inputs cannot show: what is not taken for captions, and what is refused how. */
class CaptionRecognitionTest {

  @Test
  void aDocumentThatQuotesCaptionsIsNone() {
    String text = "A line of a document about captions.\n\n".repeat(10);
    RawSource source = RawSource.ofText("notes.md", text + "00:00:01,000 --> 00:00:02,000\nhi\n");

    assertThat(new SrtFormat().recognise(source)).isEqualTo(Recognition.NO);
  }

  @Test
  void aTranscriptWithClockTimesIsNoLyrics() {
    RawSource source = RawSource.ofText("talk.txt", "[00:12] Hello\n[00:15] Goodbye\n");

    assertThat(new LrcFormat().recognise(source)).isEqualTo(Recognition.NO);
  }

  @Test
  void captionsNamedVttWithoutASignatureAreReadAsSubRip() {
    RawSource source = RawSource.ofText("talk.vtt", "00:00:01.000 --> 00:00:02.000\nhi\n");

    assertThat(Formats.recognise(source).map(SourceFormat::id)).contains("srt");
  }

  @Test
  void refusalsSayWhatWouldBeRight() {
    assertThat(refusal(new VttFormat(), "1\n00:00:01.000 --> 00:00:02.000\nhi\n"))
        .isEqualTo(
            "a WebVTT file starts with the line WEBVTT, this one with \"1 00:00:01.000 -->"
                + " 00:00:02.000 hi\"; if it is SubRip, name it .srt");
    assertThat(refusal(new SrtFormat(), "no times"))
        .isEqualTo("no caption found: there is no line like 00:00:01,000 --> 00:00:02,000");
    assertThat(refusal(new TtmlFormat(), "<smil/>"))
        .isEqualTo("the outermost element of timed text is tt, here it is smil");
    assertThat(refusal(new CsvFormat(), "a,b\n1,2\n"))
        .isEqualTo(
            "no row with a time and a text found; name the columns start, end, speaker and text");
  }

  @Test
  void entitiesAreNeitherExpandedNorFetched() throws SourceException {
    String bomb =
        "<!DOCTYPE tt [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;\">"
            + "<!ENTITY f SYSTEM \"file:///etc/passwd\">]>"
            + "<tt><body><div><p begin=\"1s\" end=\"2s\">x &b; &f; y</p></div></body></tt>";

    ParsedSource parsed =
        new TtmlFormat().read(RawSource.ofText("bomb.ttml", bomb), new ProblemLog("bomb.ttml"));

    assertThat(parsed.cues()).hasSize(1);
    assertThat(parsed.cues().get(0).text()).isEqualTo("x &b; &f; y");
  }

  private static String refusal(SourceFormat format, String text) {
    try {
      format.read(RawSource.ofText("x", text), new ProblemLog("x"));
      return "none";
    } catch (SourceException e) {
      return e.getMessage();
    }
  }
}
