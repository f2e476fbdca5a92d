package dev.earmark.source;

import com.google.auto.service.AutoService;
import dev.earmark.model.Cue;
import dev.earmark.model.ProblemLog;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Chapters written as WebVTT (W3C WebVTT, section 1.4): each cue is a chapter, its text the title.
 *
 * <p>The file looks like captions but for what it says of itself: {@code Kind: chapters} in the
 * header, or chapters in its name.
 */
@AutoService(SourceFormat.class)
public final class VttChaptersFormat implements SourceFormat {
  private static final Pattern NAME = Pattern.compile("(?:.*[._ -])?chapters?(?:[._ -].*)?\\.vtt");
  private static final Pattern HEADER =
      Pattern.compile(
          "WEBVTT[^\\n]*\\n(?:[^\\n]+\\n){0,20}?kind:[ \\t]*chapters[ \\t]*\\n.*", Pattern.DOTALL);
  private static final int HEADER_LENGTH = 2_000;

  @Override
  public String id() {
    return "vtt-chapters";
  }

  @Override
  public String description() {
    return "Chapters as WebVTT cues";
  }

  @Override
  public String recognisedBy() {
    return "WEBVTT with Kind: chapters in the header, or chapters in the name";
  }

  @Override
  public Recognition recognise(RawSource source) {
    return holdsChapters(source) ? Recognition.CERTAIN : Recognition.NO;
  }

  /** Whether a source is WebVTT and says that its cues are chapters. */
  static boolean holdsChapters(RawSource source) {
    String head = source.head();
    if (!head.startsWith("WEBVTT")) {
      return false;
    }
    String opening = head.substring(0, Math.min(head.length(), HEADER_LENGTH));
    return NAME.matcher(source.name().toLowerCase(Locale.ROOT)).matches()
        || HEADER
            .matcher(opening.toLowerCase(Locale.ROOT).replaceFirst("^webvtt", "WEBVTT"))
            .matches();
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
          cue.span().end() == null ? JsonValues.NO_TIME : cue.span().endMs(),
          title.replace('\n', ' '),
          null,
          cue.line());
    }
    return ParsedSource.ofMoments(
        captions.episode(), chapters.orRefuse("a WebVTT chapter file needs a cue a chapter"));
  }
}
