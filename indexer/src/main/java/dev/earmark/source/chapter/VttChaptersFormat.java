package dev.earmark.source.chapter;

import com.google.auto.service.AutoService;
import dev.earmark.model.Cue;
import dev.earmark.model.ProblemLog;
import dev.earmark.source.FormatDescriptor;
import dev.earmark.source.ParsedSource;
import dev.earmark.source.RawSource;
import dev.earmark.source.Recognition;
import dev.earmark.source.SourceException;
import dev.earmark.source.SourceFormat;
import dev.earmark.source.caption.VttFormat;
import dev.earmark.source.cue.ChapterList;
import dev.earmark.source.time.Times;

/**
 * Chapters written as WebVTT (W3C WebVTT, section 1.4): each cue is a chapter, its text the title.
 *
 * <p>The file looks like captions but for what it says of itself: {@code Kind: chapters} in the
 * header, or chapters in its name.
 */
@AutoService(SourceFormat.class)
public final class VttChaptersFormat implements SourceFormat {
  private static final FormatDescriptor DESCRIPTOR =
      new FormatDescriptor(
          "vtt-chapters",
          "Chapters as WebVTT cues",
          "WEBVTT with Kind: chapters in the header, or chapters in the name");

  @Override
  public FormatDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Recognition recognise(RawSource source) {
    return VttFormat.holdsChapters(source) ? Recognition.CERTAIN : Recognition.NO;
  }

  @Override
  public ParsedSource read(RawSource source, ProblemLog problems) throws SourceException {
    ParsedSource captions = new VttFormat().read(source, problems);
    ChapterList chapters = new ChapterList(problems);
    for (Cue cue : captions.cues()) {
      // "Part 2: The Machine" is a title whole, and nobody's words.
      String title = cue.speaker() == null ? cue.text() : cue.speaker() + ": " + cue.text();
      chapters.add(
          cue.span().startMs(),
          cue.span().end() == null ? Times.NONE : cue.span().endMs(),
          title.replace('\n', ' '),
          null,
          cue.line());
    }
    return ParsedSource.ofMoments(
        captions.episode(), chapters.orRefuse("a WebVTT chapter file needs a cue a chapter"));
  }
}
