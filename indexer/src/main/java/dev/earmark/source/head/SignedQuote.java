package dev.earmark.source.head;

import dev.earmark.source.syntax.MarkdownText;
import dev.earmark.source.time.TimeMark;
import dev.earmark.text.Quotations;
import dev.earmark.text.Words;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A line that is a quotation, who said it and when: {@code “The crane is broken.” — Ada Quist
 * (0:12)}, {@code "…" - Ada Quist, 12:05}, {@code – Ada Quist [0:12]}; also as an item of a list.
 *
 * <p>A list of songs looks the same. So the words must end as a sentence does, or most of them must
 * begin with a small letter; titles do neither.
 *
 * @param words without marks and markup
 * @param endMs {@link dev.earmark.source.time.Times#NONE} if it gives none
 */
public record SignedQuote(String words, String speaker, long startMs, long endMs) {
  private static final int LONGEST = 4_000;
  private static final int LONGEST_SIGNATURE = 120;
  private static final String DASHES = "-\u2013\u2014\u2015~";
  private static final String BEFORE_TIMES = ",([@";
  private static final String AT = " at";
  private static final String AROUND_TIMES = " \t\u00A0,()[]@.";
  private static final String SENTENCE_ENDS = ".?!\u2026\u3002\uFF1F\uFF01";

  /** The quotation that a line is; null if it is anything else. */
  public static @Nullable SignedQuote of(String line) {
    String item = withoutBullet(line.strip());
    if (item.isEmpty() || item.length() > LONGEST || !mayOpen(item)) {
      return null;
    }
    String text = MarkdownText.plain(item);
    if (text.isEmpty() || !Quotations.isMark(text.charAt(0))) {
      return null;
    }
    List<Quotations.Quotation> quoted = Quotations.in(text);
    Quotations.Quotation first = quoted.isEmpty() ? null : quoted.getFirst();
    if (first == null || first.from() != 1 || first.to() + 1 >= text.length()) {
      return null;
    }
    String words = first.in(text);
    String signature = signature(text.substring(first.to() + 1));
    return signature == null || !isSaid(words) ? null : signed(words, signature);
  }

  private static boolean mayOpen(String item) {
    char first = item.charAt(0);
    return first == '*' || first == '_' || Quotations.isMark(first);
  }

  private static String withoutBullet(String text) {
    boolean bullet =
        text.length() > 2
            && "-*+\u2022".indexOf(text.charAt(0)) >= 0
            && Character.isWhitespace(text.charAt(1));
    return bullet ? text.substring(2).strip() : text;
  }

  /** What stands behind a dash; null if there is no dash. */
  private static @Nullable String signature(String behind) {
    String text = behind.strip();
    int at = 0;
    while (at < text.length() && DASHES.indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    String signature = text.substring(at).strip();
    return at == 0 || signature.length() > LONGEST_SIGNATURE ? null : signature;
  }

  /** Whether words are a sentence rather than a title, in which most have a capital. */
  private static boolean isSaid(String text) {
    Words words = Words.of(text);
    if (words.count() < Quotations.FEWEST_WORDS) {
      return false;
    }
    int capitals = 0;
    for (int i = 0; i < words.count(); i++) {
      capitals += Character.isUpperCase(text.codePointAt(words.start(i))) ? 1 : 0;
    }
    boolean ends = SENTENCE_ENDS.indexOf(text.charAt(text.length() - 1)) >= 0;
    return ends || capitals * 2 < words.count();
  }

  private static @Nullable SignedQuote signed(String words, String signature) {
    int nameEnd = signature.length();
    int timeFrom = -1;
    for (int i = 0; i < signature.length(); i++) {
      if (BEFORE_TIMES.indexOf(signature.charAt(i)) >= 0) {
        nameEnd = Math.min(nameEnd, i);
        timeFrom = i;
      }
    }
    if (timeFrom < 0) {
      timeFrom = signature.lastIndexOf(' ');
      nameEnd =
          signature.substring(0, Math.max(0, timeFrom)).endsWith(AT)
              ? timeFrom - AT.length()
              : timeFrom;
    }
    String name = nameEnd <= 0 ? null : SpeakerName.of(signature.substring(0, nameEnd));
    if (name == null || !SpeakerName.looksLikeName(name)) {
      return null;
    }
    TimeMark mark = TimeMark.whole(time(signature.substring(timeFrom)));
    return mark == null || mark.startMs() < 0
        ? null
        : new SignedQuote(words, name, mark.startMs(), mark.endMs());
  }

  /** A time without what stands about it. */
  private static String time(String written) {
    int from = 0;
    int to = written.length();
    while (from < to && AROUND_TIMES.indexOf(written.charAt(from)) >= 0) {
      from++;
    }
    while (to > from && AROUND_TIMES.indexOf(written.charAt(to - 1)) >= 0) {
      to--;
    }
    String time = written.substring(from, to);
    return time.startsWith("at ") ? time.substring("at ".length()) : time;
  }
}
