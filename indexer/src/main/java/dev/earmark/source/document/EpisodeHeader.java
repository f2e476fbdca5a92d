package dev.earmark.source.document;

import dev.earmark.model.EpisodeFields;
import dev.earmark.model.Media;
import dev.earmark.model.Timestamp;
import dev.earmark.text.Words;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the labelled lines at the head of a written document into the fields of its episode.
 *
 * <p>Several labels may stand in one line, with or without a sign between them: {@code Guest: Ann
 * Lee, of the Institute Host: Bob Ray | Duration: 1 h 20 min}. What no field can hold, such as a
 * category, is handed back, so that nothing is lost.
 */
final class EpisodeHeader {
  /** What a label says, and how its value is to be read. */
  private enum Label {
    TITLE,
    SHOW,
    DATE,
    DURATION,
    LANGUAGE,
    SPEAKERS,
    HOST,
    HOSTS,
    GUEST,
    GUESTS,
    TOPICS,
    OTHER
  }

  private static final Map<String, Label> LABELS =
      Map.ofEntries(
          Map.entry("title", Label.TITLE),
          Map.entry("episode", Label.TITLE),
          Map.entry("show", Label.SHOW),
          Map.entry("podcast", Label.SHOW),
          Map.entry("channel", Label.SHOW),
          Map.entry("series", Label.SHOW),
          Map.entry("date", Label.DATE),
          Map.entry("published", Label.DATE),
          Map.entry("released", Label.DATE),
          Map.entry("recorded", Label.DATE),
          Map.entry("aired", Label.DATE),
          Map.entry("duration", Label.DURATION),
          Map.entry("length", Label.DURATION),
          Map.entry("runtime", Label.DURATION),
          Map.entry("language", Label.LANGUAGE),
          Map.entry("speaker", Label.SPEAKERS),
          Map.entry("speakers", Label.SPEAKERS),
          Map.entry("host", Label.HOST),
          Map.entry("interviewer", Label.HOST),
          Map.entry("hosts", Label.HOSTS),
          Map.entry("guest", Label.GUEST),
          Map.entry("guests", Label.GUESTS),
          Map.entry("topics", Label.TOPICS),
          Map.entry("tags", Label.TOPICS),
          Map.entry("category", Label.OTHER),
          Map.entry("source", Label.OTHER),
          Map.entry("link", Label.OTHER),
          Map.entry("url", Label.OTHER),
          Map.entry("video", Label.OTHER),
          Map.entry("audio", Label.OTHER),
          Map.entry("watch", Label.OTHER),
          Map.entry("listen", Label.OTHER),
          Map.entry("transcription date", Label.OTHER));

  private static final String SIGNS = "·|•";
  private static final int MOST_NAME_WORDS = 5;

  /**
   * A labelled part of a line.
   *
   * @param label as written, without the colon; empty for what stands before the first label
   */
  record Part(String label, String value) {
    private Label meaning() {
      return LABELS.getOrDefault(Words.fold(label), Label.OTHER);
    }

    private String written() {
      return label.isEmpty() ? value : label + ": " + value;
    }
  }

  private final EpisodeFields.Builder fields = EpisodeFields.builder();

  EpisodeFields.Builder fields() {
    return fields;
  }

  /**
   * The parts of a line by the labels known here; one part with no label if there are none, and no
   * part if there are but signs.
   */
  static List<Part> parts(String line) {
    List<Part> parts = new ArrayList<>();
    String label = "";
    int from = 0;
    for (int colon = line.indexOf(':'); colon >= 0; colon = line.indexOf(':', colon + 1)) {
      boolean free = colon + 1 == line.length() || Character.isWhitespace(line.charAt(colon + 1));
      int start = free ? startOfLabel(line, colon, from) : -1;
      if (start >= 0) {
        add(parts, label, line.substring(from, start));
        label = line.substring(start, colon);
        from = colon + 1;
      }
    }
    add(parts, label, line.substring(from));
    return parts;
  }

  /** How many labels known here a line has. */
  static int labelCount(String line) {
    return line.indexOf(':') < 0
        ? 0
        : (int) parts(line).stream().filter(part -> !part.label().isEmpty()).count();
  }

  private static void add(List<Part> parts, String label, String value) {
    int end = value.length();
    while (end > 0 && isSignOrBlank(value.charAt(end - 1))) {
      end--;
    }
    String clean = value.substring(0, end).strip();
    if (!label.isEmpty() || !clean.isEmpty()) {
      parts.add(new Part(label, clean));
    }
  }

  private static boolean isSignOrBlank(char c) {
    return Character.isWhitespace(c) || SIGNS.indexOf(c) >= 0;
  }

  /** Where a known label of one or two words that ends at a colon starts; -1 if there is none. */
  private static int startOfLabel(String line, int colon, int from) {
    int start = -1;
    int at = colon;
    for (int words = 0; words < 2; words++) {
      int wordEnd = at;
      while (at > from && colon - at < 24 && Character.isLetter(line.charAt(at - 1))) {
        at--;
      }
      boolean free = at == from || !Character.isLetterOrDigit(line.charAt(at - 1));
      if (at == wordEnd || !free) {
        return start;
      }
      if (Character.isUpperCase(line.charAt(at))
          && LABELS.containsKey(Words.fold(line.substring(at, colon)))) {
        start = at;
      }
      if (at == from || line.charAt(at - 1) != ' ') {
        return start;
      }
      at--;
    }
    return start;
  }

  /**
   * Takes what the fields can hold from a line.
   *
   * @return what they cannot hold, as written; empty if the fields say it all
   */
  List<String> read(String line) {
    List<String> left = new ArrayList<>();
    for (Part part : parts(withoutAddresses(line))) {
      read(part, left);
    }
    return left;
  }

  private String withoutAddresses(String line) {
    if (!line.contains("://")) {
      return line;
    }
    List<String> words = new ArrayList<>();
    for (String word : Prose.parts(line, " \t")) {
      int at = word.indexOf("http");
      if (at >= 0 && word.contains("://")) {
        String address = word.substring(at);
        while (!address.isEmpty() && ")],;>".indexOf(address.charAt(address.length() - 1)) >= 0) {
          address = address.substring(0, address.length() - 1);
        }
        fields.media(mediaAt(address));
      } else {
        words.add(word);
      }
    }
    return String.join(" ", words);
  }

  /** An address as the kind of media it leads to. */
  static Media mediaAt(String address) {
    String lower = address.toLowerCase(Locale.ROOT);
    for (String before :
        List.of("youtube.com/watch?v=", "youtu.be/", "youtube.com/live/", "youtube.com/embed/")) {
      int at = lower.indexOf(before);
      if (at >= 0) {
        int from = at + before.length();
        int to = from;
        while (to < address.length() && isIdCharacter(address.charAt(to))) {
          to++;
        }
        if (to > from) {
          return new Media(address.substring(from, to), null, null, null);
        }
      }
    }
    int query = lower.indexOf('?');
    String path = query < 0 ? lower : lower.substring(0, query);
    if (path.endsWith(".mp3") || path.endsWith(".m4a") || path.endsWith(".ogg")) {
      return new Media(null, address, null, null);
    }
    return path.endsWith(".mp4") || path.endsWith(".webm")
        ? new Media(null, null, address, null)
        : new Media(null, null, null, address);
  }

  private static boolean isIdCharacter(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '_';
  }

  private void read(Part part, List<String> left) {
    if (part.value().isEmpty()) {
      return;
    }
    List<String> pieces = Prose.parts(part.value(), SIGNS);
    String first = pieces.isEmpty() ? part.value() : pieces.getFirst();
    boolean held =
        switch (part.meaning()) {
          case TITLE -> {
            fields.title(first);
            yield true;
          }
          case SHOW -> {
            fields.show(first);
            yield true;
          }
          case LANGUAGE -> {
            boolean tag = first.length() <= 3 || first.indexOf('-') == 2;
            fields.language(tag ? first : null);
            yield tag;
          }
          case DATE -> {
            LocalDate date = date(first);
            fields.date(date);
            yield date != null;
          }
          case DURATION -> {
            Optional<Timestamp> duration = duration(first);
            fields.durationMs(duration.map(Timestamp::millis).orElse(null));
            yield duration.isPresent();
          }
          case TOPICS -> {
            List<String> topics = pieces.size() > 1 ? pieces : Prose.parts(part.value(), ",;");
            topics.forEach(fields::topic);
            pieces = List.of();
            yield true;
          }
          case SPEAKERS, HOSTS, GUESTS, HOST, GUEST -> {
            boolean whole = people(part.meaning(), part.value(), pieces);
            pieces = List.of();
            yield whole;
          }
          case OTHER -> {
            pieces = List.of();
            yield false;
          }
        };
    if (!held) {
      left.add(part.written());
    } else if (pieces.size() > 1) {
      left.addAll(pieces.subList(1, pieces.size()));
    }
  }

  /**
   * Adds the people of a label.
   *
   * @return whether their names are all there was; else what they are is said as well
   */
  private boolean people(Label label, String value, List<String> pieces) {
    String role =
        switch (label) {
          case HOST, HOSTS -> "host";
          case GUEST, GUESTS -> "guest";
          default -> null;
        };
    boolean several = label != Label.HOST && label != Label.GUEST;
    List<String> people = pieces;
    if (people.size() == 1 && several) {
      people = Prose.parts(value, ";");
      if (people.size() == 1) {
        people = Prose.parts(value.replace(" and ", ",").replace(" & ", ","), ",");
      }
    }
    boolean whole = true;
    for (String person : people) {
      int end = endOfName(person);
      String name = person.substring(0, end).strip();
      String rest = person.substring(end);
      String named = roleIn(rest);
      fields.speaker(name, named == null ? role : named);
      whole &= rest.isBlank() || named != null;
    }
    return whole;
  }

  /** A role in parentheses and nothing else: {@code (host)}. */
  private static @Nullable String roleIn(String rest) {
    return switch (Words.fold(rest)) {
      case "host" -> "host";
      case "guest" -> "guest";
      case "cohost", "co host" -> "co-host";
      default -> null;
    };
  }

  private static int endOfName(String person) {
    int end = person.length();
    for (String mark : List.of(",", " (", " — ", " – ", " - ", ";")) {
      int at = person.indexOf(mark);
      if (at > 0 && at < end) {
        end = at;
      }
    }
    return end;
  }

  private static @Nullable LocalDate date(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException notIso) {
      return null;
    }
  }

  /**
   * A length as people write it: {@code 142 min}, {@code 2 hours 22 minutes}, {@code 2h 22m},
   * {@code 2:22:20}. A number alone is no length: nobody can tell its unit.
   */
  static Optional<Timestamp> duration(String text) {
    if (text.length() > 60) {
      return Optional.empty();
    }
    if (text.indexOf(':') > 0) {
      return Timestamp.tryParse(text);
    }
    StringBuilder units = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (Character.isLetter(c)) {
        int from = at;
        while (at < text.length() && Character.isLetter(text.charAt(at))) {
          at++;
        }
        String word = text.substring(from, at).toLowerCase(Locale.ROOT);
        switch (word) {
          case "h", "hr", "hrs", "hour", "hours" -> units.append('h');
          case "m", "min", "mins", "minute", "minutes" -> units.append('m');
          case "s", "sec", "secs", "second", "seconds" -> units.append('s');
          case "and", "about", "approx", "ca" -> {}
          default -> {
            return Optional.empty();
          }
        }
        continue;
      }
      boolean mark = (c == '.' || c == ',') && at + 1 < text.length();
      if (Character.isDigit(c) || (mark && Character.isDigit(text.charAt(at + 1)))) {
        units.append(c);
      }
      at++;
    }
    String written = units.toString();
    boolean hasUnit = written.chars().anyMatch(Character::isLetter);
    return hasUnit ? Timestamp.tryParse(written) : Optional.empty();
  }

  /** Whether a text could be somebody's name: a few words, each with a capital or very short. */
  static boolean looksLikeName(String text) {
    Words words = Words.of(text);
    if (words.count() == 0 || words.count() > MOST_NAME_WORDS || text.length() > 60) {
      return false;
    }
    for (int i = 0; i < words.count(); i++) {
      boolean capital = Character.isUpperCase(words.word(i).codePointAt(0));
      if (!capital && words.word(i).length() > 3) {
        return false;
      }
    }
    return Character.isLetter(text.codePointAt(0));
  }
}
