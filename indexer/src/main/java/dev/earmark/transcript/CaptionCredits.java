package dev.earmark.transcript;

import dev.earmark.model.Cue;
import dev.earmark.model.ProblemLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Captions that nobody says because they name who made the captions. Only the first and the last
 * few of a source may be such, so that what is said about captions stays.
 */
final class CaptionCredits {
  private static final int LONGEST = 120;

  /** How captions that name their makers begin, in lower case. */
  private static final List<String> OPENINGS =
      List.of(
          "subtitles by ",
          "subtitled by ",
          "captions by ",
          "captioned by ",
          "captioning by ",
          "sync and corrections by ",
          "synced and corrected by ",
          "untertitelung ",
          "untertitel von ",
          "untertitel der ",
          "untertitel im auftrag ",
          "sous-titrage ",
          "sous-titres par ",
          "sous-titres réalisés ",
          "subtítulos por ",
          "subtítulos realizados ",
          "subtitulado por ",
          "sottotitoli a cura ",
          "sottotitoli di ",
          "legendas por ",
          "legendas pela ",
          "ondertiteling ",
          "ondertiteld door ",
          "napisy ",
          "undertexter ",
          "субтитры сделал ",
          "субтитры создавал ",
          "субтитры подготовил ",
          "редактор субтитров ",
          "字幕由",
          "字幕by",
          "字幕制作",
          "字幕製作",
          "字幕提供",
          "한글자막 by ",
          "자막 제공 ");

  /** So many of the first, and of the last, may be such. */
  private static final int MOST = 3;

  private CaptionCredits() {}

  /** The cues without credits, which are reported; the same list if there are none. */
  static List<Cue> without(List<Cue> cues, ProblemLog problems) {
    List<Cue> kept = null;
    for (int i = 0; i < cues.size(); i++) {
      Cue cue = cues.get(i);
      if (isOne(cues, i)) {
        kept = kept == null ? new ArrayList<>(cues.subList(0, i)) : kept;
        problems.notice(
            "not-speech",
            cue.line(),
            "\"" + cue.text().replace('\n', ' ') + "\" says who made the captions",
            "left out");
      } else if (kept != null) {
        kept.add(cue);
      }
    }
    return kept == null ? cues : kept;
  }

  /** Whether a cue of a source names who made the captions. */
  static boolean isOne(List<Cue> cues, int index) {
    String text = cues.get(index).text();
    boolean outside = index < MOST || index >= cues.size() - MOST;
    if (!outside || text.length() > LONGEST) {
      return false;
    }
    String lower = text.toLowerCase(Locale.ROOT);
    return OPENINGS.stream().anyMatch(lower::startsWith)
        || lower.contains("opensubtitles.org")
        || lower.contains("amara.org");
  }
}
