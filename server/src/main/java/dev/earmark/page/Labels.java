package dev.earmark.page;

import dev.earmark.index.StoredMoment;
import dev.earmark.model.Anchor;
import dev.earmark.model.Kind;
import dev.earmark.model.Moment;
import dev.earmark.model.QuoteCheck;
import dev.earmark.model.TimeSpan;
import dev.earmark.model.Timestamp;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How the pages say numbers, dates and names. */
final class Labels {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH);
  private static final Map<Kind, String> PLURALS =
      Map.of(
          Kind.SEGMENT, "Passages",
          Kind.TECHNOLOGY, "Technologies",
          Kind.PRICE, "Prices",
          Kind.TAKEAWAY, "Takeaways");

  private Labels() {}

  /** {@code 1 moment}, {@code 2,481 moments}. */
  static String count(long number, String noun) {
    return number(number) + " " + noun + (number == 1 ? "" : "s");
  }

  /** {@code 2,481}. */
  static String number(long number) {
    return String.format(Locale.ENGLISH, "%,d", number);
  }

  /** {@code 13 Feb 2026}. */
  static String date(LocalDate date) {
    return DATE.format(date);
  }

  /** {@code Prediction}. */
  static String kind(Kind kind) {
    return kind == Kind.SEGMENT ? "Passage" : capital(kind.id());
  }

  /** {@code Predictions}. */
  static String kinds(Kind kind) {
    return PLURALS.getOrDefault(kind, kind(kind) + "s");
  }

  /**
   * An id made of words as words: {@code video-digest} is {@code Video digest}; one that cannot be
   * spoken is letters: {@code vtt} is {@code VTT}.
   */
  static String words(String id) {
    if (id.length() <= 4 && id.chars().noneMatch(letter -> "aeiou".indexOf(letter) >= 0)) {
      return id.toUpperCase(Locale.ROOT);
    }
    return capital(id.replace('-', ' '));
  }

  /**
   * Whether a moment is speech as it was spoken: its words have times or, failing that, a speaker.
   */
  static boolean isSaid(Moment moment) {
    return moment.times() != null
        || (moment.kind() == Kind.SEGMENT && moment.speaker() != null && moment.title() == null);
  }

  /** What kind of document a moment stands in. */
  static String form(StoredMoment stored) {
    if (isSaid(stored.moment())) {
      return "Transcript";
    }
    return stored.moment().kind() == Kind.CHAPTER ? "" : words(stored.format());
  }

  /** With a capital to begin with. */
  static String capital(String text) {
    if (text.isEmpty()) {
      return text;
    }
    int first = Character.charCount(text.codePointAt(0));
    return text.substring(0, first).toUpperCase(Locale.ROOT) + text.substring(first);
  }

  /** A language by its English name, {@code German}; its tag if it has none. */
  static String language(String tag) {
    String name = Locale.forLanguageTag(tag).getDisplayName(Locale.ENGLISH);
    return tag.equals("und") ? "Not known" : name.isEmpty() ? tag : name;
  }

  /** What the {@code lang} attribute of a text has to say; null if that is nothing new. */
  static @Nullable String languageAttribute(String tag) {
    return tag.isBlank() || tag.equals("und") || tag.equals("en") ? null : tag;
  }

  /** How long something is: {@code 2:22:20}. */
  static String duration(long millis) {
    return Timestamp.clamped(millis).clock();
  }

  /** How long something is, in words: {@code 2 h 22 min}, {@code 48 s}. */
  static String spell(long millis) {
    long seconds = millis / 1000;
    if (seconds < 60) {
      return seconds + " s";
    }
    long minutes = Math.round(seconds / 60.0);
    return minutes < 60
        ? minutes + " min"
        : number(minutes / 60) + " h" + (minutes % 60 == 0 ? "" : " " + minutes % 60 + " min");
  }

  /** How much of a whole a part is: {@code 37%}. */
  static String share(long part, long whole) {
    double percent = whole == 0 ? 0 : 100.0 * part / whole;
    return percent > 0 && percent < 1 ? "<1%" : Math.round(percent) + "%";
  }

  /**
   * How it is known where a moment lies: {@code Estimated, by quote; 87% sure}. Empty if its source
   * says so.
   */
  static String placing(Anchor anchor) {
    return switch (anchor) {
      case Anchor.Exact exact -> "";
      case Anchor.Estimated estimated -> {
        long sure = Math.round(estimated.confidence() * 100);
        String how = estimated.how().isBlank() ? "" : ", by " + estimated.how();
        yield estimated.best() == null
            ? "Estimated" + how + "; " + sure + "% sure"
            : "Somewhere in this stretch" + how + "; " + sure + "% sure";
      }
      case Anchor.Unplaced unplaced -> "no time known";
    };
  }

  /** When a moment is: {@code 13:55}, or {@code in 29:42–46:20} if no more is known. */
  static String when(Anchor anchor, Timestamp at) {
    return anchor.stretch().map(stretch -> "in " + stretch(stretch)).orElseGet(at::clock);
  }

  /** From when to when: {@code 29:42–46:20}. */
  static String stretch(TimeSpan stretch) {
    return stretch.start().clock() + "–" + Timestamp.clamped(stretch.endMs()).clock();
  }

  /** What the transcript says of a quotation; null if it was not looked up. */
  static @Nullable String check(Moment moment) {
    QuoteCheck check = moment.check();
    if (check == null) {
      return null;
    }
    TimeSpan at = check.at();
    TimeSpan stated = check.stated();
    StringBuilder said =
        new StringBuilder(
            switch (check.result()) {
              case SAID -> "Said so";
              case REWORDED -> "Said in other words";
              case NOT_FOUND -> "Not found in the transcript";
            });
    if (at != null) {
      said.append(" at ").append(at.start().clock());
    }
    if (stated != null) {
      said.append("; its source says ").append(stated.start().clock());
    }
    String speaker = check.speaker();
    if (speaker != null && !speaker.equals(moment.speaker())) {
      said.append("; by ").append(speaker);
    }
    return said.toString();
  }

  /** The part of a moment worth seeing at a glance: the price, the horizon; null if it has none. */
  static @Nullable String keyDetail(Moment moment) {
    return switch (moment.kind()) {
      case PRICE -> moment.details().get("value");
      case PREDICTION -> moment.details().get("horizon");
      default -> null;
    };
  }
}
