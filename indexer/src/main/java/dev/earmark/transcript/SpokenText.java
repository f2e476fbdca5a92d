package dev.earmark.transcript;

import dev.earmark.model.Cue;
import dev.earmark.text.Words;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes out of a caption what is not speech.
 *
 * <ul>
 *   <li>entities that a tool escaped more often than its format asks for, such as that of an
 *       ampersand;
 *   <li>zero-width marks, marks of direction and soft hyphens;
 *   <li>the notes {@code ♪} around what is sung;
 *   <li>the change marks {@code >>} and {@code >>>} of broadcast captions;
 *   <li>descriptions of sound in brackets, {@code [laughter]} or {@code (applause)}: they stand
 *       between spoken words, and a phrase that runs over them would not be found.
 * </ul>
 */
final class SpokenText {
  private static final Map<String, String> ENTITIES =
      Map.ofEntries(
          Map.entry("amp", "&"),
          Map.entry("lt", "<"),
          Map.entry("gt", ">"),
          Map.entry("quot", "\""),
          Map.entry("apos", "'"),
          Map.entry("nbsp", " "),
          Map.entry("lrm", ""),
          Map.entry("rlm", ""),
          Map.entry("mdash", "—"),
          Map.entry("ndash", "–"),
          Map.entry("hellip", "…"),
          Map.entry("rsquo", "’"),
          Map.entry("lsquo", "‘"),
          Map.entry("ldquo", "“"),
          Map.entry("rdquo", "”"));

  private static final Set<String> SOUNDS =
      Set.of(
          "laughter",
          "laughs",
          "laughing",
          "laugh",
          "chuckles",
          "chuckling",
          "chuckle",
          "giggles",
          "music",
          "applause",
          "applauding",
          "cheering",
          "cheers",
          "clapping",
          "inaudible",
          "unintelligible",
          "crosstalk",
          "silence",
          "noise",
          "coughs",
          "coughing",
          "cough",
          "sighs",
          "sigh",
          "sneezes",
          "gasps",
          "foreign",
          "blank audio",
          "no audio",
          "no speech",
          "speaker turn",
          "audience laughter",
          "audience laughs",
          "audience applause",
          "music playing",
          "theme music",
          "upbeat music",
          "background noise",
          "speaking foreign language",
          "foreign language",
          "bell rings",
          "phone rings",
          "beep",
          "beeping",
          "static",
          "gelächter",
          "musik",
          "applaus",
          "musique",
          "rires",
          "risas",
          "música",
          "musica",
          "applausi",
          "risate",
          "muziek",
          "gelach",
          "музыка",
          "смех",
          "аплодисменты",
          "音楽",
          "笑",
          "拍手",
          "笑い",
          "掌声",
          "笑声",
          "音乐");

  private static final int LONGEST_SOUND = 40;
  private static final int LONGEST_ENTITY = 10;

  private SpokenText() {}

  static Cue of(Cue cue) {
    String text = cue.text();
    if (!needsWork(text)) {
      return cue;
    }
    Rewrite rewrite = new Rewrite(cue);
    while (!rewrite.atEnd()) {
      int at = rewrite.at();
      char c = rewrite.next();
      if (isInvisible(c) || isNote(c)) {
        rewrite.replace(at + 1, "");
      } else if (c == '&') {
        entity(text, at, rewrite);
      } else if (c == '>' && text.startsWith(">>", at)) {
        int end = at;
        while (end < text.length() && (text.charAt(end) == '>' || text.charAt(end) == ' ')) {
          end++;
        }
        rewrite.replace(end, "");
      } else if (c == '[' || c == '(' || c == '（' || c == '［') {
        int end = endOfSound(text, at);
        if (end < 0) {
          rewrite.keep(at + 1);
        } else {
          rewrite.replace(end, "");
        }
      } else {
        rewrite.keep(at + 1);
      }
    }
    return rewrite.finish();
  }

  private static boolean needsWork(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '&'
          || c == '['
          || c == '('
          || c == '>'
          || (c >= 0x80 && (c == '（' || c == '［' || isNote(c) || isInvisible(c)))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isInvisible(char c) {
    return c == '\u00AD'
        || c == '\u200B'
        || c == '\u200E'
        || c == '\u200F'
        || c == '\u2060'
        || c == '\uFEFF'
        || (c >= '\u202A' && c <= '\u202E')
        || (c >= '\u2066' && c <= '\u2069');
  }

  /** The notes that captions put around what is sung. */
  private static boolean isNote(char c) {
    return c >= '\u2669' && c <= '\u266C';
  }

  private static void entity(String text, int at, Rewrite rewrite) {
    int end = indexOf(';', text, at, LONGEST_ENTITY);
    String value = end < 0 ? null : valueOf(text.substring(at + 1, end));
    if (value == null) {
      rewrite.keep(at + 1);
      return;
    }
    // An ampersand that was escaped may begin an entity that was escaped before it.
    while (value.equals("&")) {
      int next = indexOf(';', text, end + 1, LONGEST_ENTITY);
      String inner = next < 0 ? null : valueOf(text.substring(end + 1, next));
      if (inner == null) {
        break;
      }
      value = inner;
      end = next;
    }
    rewrite.replace(end + 1, value);
  }

  private static @Nullable String valueOf(String name) {
    return name.startsWith("#")
        ? numeric(name.substring(1))
        : ENTITIES.get(name.toLowerCase(Locale.ROOT));
  }

  /** The place of a character among the next few, or -1: what goes on longer is nothing of ours. */
  private static int indexOf(char c, String text, int from, int atMost) {
    int end = Math.min(text.length(), from + atMost);
    for (int i = from; i < end; i++) {
      if (text.charAt(i) == c) {
        return i;
      }
    }
    return -1;
  }

  private static @Nullable String numeric(String digits) {
    try {
      boolean hex = digits.startsWith("x") || digits.startsWith("X");
      int codePoint = hex ? Integer.parseInt(digits.substring(1), 16) : Integer.parseInt(digits);
      return Character.isValidCodePoint(codePoint) && codePoint >= 32
          ? Character.toString(codePoint)
          : null;
    } catch (NumberFormatException notANumber) {
      return null;
    }
  }

  /** The place after a description of sound that opens here, or -1 if none does. */
  private static int endOfSound(String text, int at) {
    char close =
        switch (text.charAt(at)) {
          case '[' -> ']';
          case '(' -> ')';
          case '［' -> '］';
          default -> '）';
        };
    int end = indexOf(close, text, at, LONGEST_SOUND);
    if (end < 0) {
      return -1;
    }
    Words words = Words.of(text.substring(at + 1, end).replace('_', ' '));
    int count = words.count();
    // "[inaudible 00:12:31]" says where to listen again.
    while (count > 1 && Character.isDigit(words.folded(count - 1).charAt(0))) {
      count--;
    }
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < count; i++) {
      OneLine.join(plain, words.word(i).toLowerCase(Locale.ROOT));
    }
    boolean sound = plain.isEmpty() ? end > at + 1 : SOUNDS.contains(plain.toString());
    return sound ? end + 1 : -1;
  }
}
