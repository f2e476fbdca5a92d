package dev.earmark.corpus;

import dev.earmark.model.EpisodeFields;
import dev.earmark.model.Media;
import dev.earmark.source.episode.LanguageNames;
import dev.earmark.text.MonthNames;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the name of a file and the folders above it say of an episode: title, date, number, show,
 * language, and the id of a video.
 *
 * <p>These are guesses; whatever a manifest, a source or a recording states goes before them. A
 * folder is taken for the show only where the name has a date or a number as well, as names in a
 * series have. A number at the beginning counts as the episode's only if it is padded with zeros,
 * set off by spaces, or if most names beside it begin with one: {@code 100-days-of-rain} has none.
 */
final class PathFacts {
  private static final Pattern ISO_DATE =
      Pattern.compile(
          "(?<!\\d)((?:19|20)\\d\\d)([-_. ]?)(0[1-9]|1[0-2])\\2([0-2]\\d|3[01])(?!\\d)");

  /** How meeting tools begin a name: with day and time, of which the time is no title. */
  private static final Pattern MEETING =
      Pattern.compile(
          "(?:GMT|(?<=^|[ _-]))((?:19|20)\\d{6}|(?:19|20)\\d\\d-\\d\\d-\\d\\d)"
              + "(?:[-_T ]| at )(?:[01]\\d|2[0-3])([-.:]?)[0-5]\\d\\2[0-5]\\d(?:Z|(?!\\d))[_-]?");

  private static final Pattern LOCAL_DATE =
      Pattern.compile(
          "(?<!\\d)([0-2]?\\d|3[01])([./-])(0?[1-9]|[12]\\d|3[01])\\2((?:19|20)\\d\\d)(?!\\d)");
  private static final String MONTHS =
      "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
          + "|sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?";
  private static final Pattern DAY_MONTH =
      Pattern.compile(
          "(?iu)(?:(?<![\\p{L}\\d])(?:vom|am|of|on|du|le|del?|van|op) )?(?<![\\p{L}\\d])"
              + "(\\d{1,2})(?:st|nd|rd|th|er|º|\\.)?(?: of| de| d')?[ ._-](\\p{L}{3,10})\\.?,?"
              + "(?: of| del?)?[ ._-]((?:19|20)\\d\\d)(?!\\d)");

  private static final Pattern MONTH_DAY =
      Pattern.compile(
          "(?i)(?<![\\p{L}\\d])("
              + MONTHS
              + ")\\.?[ ._-](\\d{1,2})(?:st|nd|rd|th)?,?[ ._-]((?:19|20)\\d\\d)(?!\\d)");
  private static final Pattern SEASON =
      Pattern.compile(
          "(?i)(?<![\\p{L}\\d])(?:(?:s|season|series|staffel|saison|temporada|stagione)[ ._-]?"
              + "(\\d{1,3})[ ._,-]{0,3}(?:e|ep|episode|folge|épisode|episodio)[ ._-]?(\\d{1,4})"
              + "|(\\d{1,2})x(\\d{2,3}))(?![\\p{L}\\d])");

  /** A date or number, cut out, with a show before it and a title behind. */
  private static final Pattern BETWEEN = Pattern.compile("\\p{L} (?:- )?\u0000 - ");

  private static final Pattern WRITTEN_OUT = Pattern.compile("\\p{L}{2}");

  /** A dot that stands for a blank between words. */
  private static final Pattern DOT =
      Pattern.compile("(?<=\\p{L}{2})\\.(?=\\p{L})|(?<=\\p{L})\\.(?=\\p{L}{2})");

  private static final Pattern EPISODE =
      Pattern.compile(
          "(?iu)(?<![\\p{L}\\d])(?:episode|epis|ep|folge|épisode|episodio|capítulo|puntata|aflevering"
              + "|avsnitt|afsnit|odcinek|bölüm|jakso|выпуск|випуск|серия|эпизод|no\\.?|#)"
              + "[ ._-]{0,2}#?(\\d{1,5})\\.?(?![\\p{L}\\d])|第 ?(\\d{1,5}) ?[回話话集期]");
  private static final Pattern HASH = Pattern.compile("(?<![\\p{L}\\d])#(\\d{1,5})(?!\\d)");
  private static final Pattern SPACED_NUMBER =
      Pattern.compile("(?:^| - )#?(\\d{1,4})(?=(?: - |\\. ))");
  private static final Pattern PADDED_NUMBER = Pattern.compile("^(0\\d{1,3})(?=[-_ .]+\\p{L})");
  private static final Pattern LEADING_NUMBER = Pattern.compile("^(\\d{1,4})(?=[-_ .]+\\p{L})");
  private static final Pattern VIDEO_ID = Pattern.compile("[ _-]*\\[([\\w-]{6,24})\\]$");
  private static final Pattern LANGUAGE =
      Pattern.compile("([a-z]{2})(?:[-_]([a-z]{2}|[a-z]{4}|orig))?", Pattern.CASE_INSENSITIVE);
  private static final Pattern SEASON_FOLDER =
      Pattern.compile(
          "(?i)(?:season|series|staffel|saison|temporada|stagione|s)[ _-]?(\\d{1,3})"
              + "|(?:19|20)\\d\\d(?:[-_]\\d\\d)?");
  private static final int YOUTUBE_ID = 11;

  private static final Set<String> GENERIC =
      Set.of(
          "transcripts",
          "transcript",
          "captions",
          "subtitles",
          "subs",
          "audio",
          "video",
          "videos",
          "media",
          "podcast",
          "podcasts",
          "downloads",
          "notes",
          "episodes",
          "episode",
          "shows",
          "data",
          "corpus",
          "corpora",
          "files",
          "recordings",
          "recording",
          "text",
          "txt",
          "vtt",
          "srt",
          "train",
          "val",
          "test",
          "tmp",
          "temp",
          "content",
          "docs",
          "src",
          "misc",
          "sample",
          "samples",
          "documents",
          "desktop",
          "inbox",
          "archive",
          "output",
          "out");

  private PathFacts() {}

  /**
   * What a name says.
   *
   * @param stem the name of the file or folder, without extension and qualifiers
   * @param folder the folder it lies in
   * @param root the folder that was given to be read; null if the file itself was
   * @param numbered whether most names beside it begin with a number
   */
  static EpisodeFields of(
      String stem, @Nullable Path folder, @Nullable Path root, boolean numbered) {
    EpisodeFields.Builder fields = EpisodeFields.builder();
    StringBuilder rest = new StringBuilder(stem);
    Matcher id = VIDEO_ID.matcher(rest);
    if (id.find()) {
      if (id.group(1).length() == YOUTUBE_ID) {
        fields.media(new Media(id.group(1), null, null, null));
      }
      rest.setLength(id.start());
    }
    LocalDate date = takeDate(rest);
    String numbering = human(trim(rest.toString()).replace('\u0000', ' '));
    Matcher season = SEASON.matcher(rest);
    Integer number;
    boolean hasSeason = season.find();
    boolean coded = hasSeason && !WRITTEN_OUT.matcher(season.group()).find();
    if (hasSeason) {
      boolean spelled = season.group(1) != null;
      fields.season(Integer.valueOf(season.group(spelled ? 1 : 3)));
      number = cut(rest, season, Integer.valueOf(season.group(spelled ? 2 : 4)));
    } else {
      number = takeNumber(rest, numbered);
      Path name = folder == null ? null : folder.getFileName();
      Matcher of = SEASON_FOLDER.matcher(name == null ? "" : name.toString());
      if (number != null && of.matches() && of.group(1) != null) {
        fields.season(Integer.valueOf(of.group(1)));
      }
    }
    fields.date(date).number(number);
    String show = date == null && number == null ? null : show(stem, folder, root);
    String name = rest.toString();
    int cut = name.indexOf('\u0000');
    boolean between = show == null && cut > 0 && (coded || BETWEEN.matcher(name).find());
    if (between && says(name.substring(0, cut)) && says(name.substring(cut))) {
      // As recorders of series name them: the show, season and episode, the title.
      show = trim(name.substring(0, cut)).replaceAll("\\.+$", "");
      name = name.substring(cut);
    }
    String title = title(name, show);
    if (title == null && number != null && says(numbering)) {
      // "Folge 8" is no title but what there is.
      title = numbering;
    }
    fields.show(show == null ? null : human(show)).title(title);
    return fields.build();
  }

  /** Whether names begin with a number as those of a series do. */
  static boolean areNumbered(List<String> stems) {
    long leading = stems.stream().filter(stem -> LEADING_NUMBER.matcher(stem).find()).count();
    return leading >= 3 && leading * 10 >= stems.size() * 6L;
  }

  /**
   * The language between stem and extension, as in {@code talk.en-orig.vtt}; null if there is none.
   */
  static @Nullable String language(String name, String stem) {
    int dot = name.lastIndexOf('.');
    if (dot <= stem.length()) {
      return null;
    }
    for (String part : name.substring(stem.length() + 1, dot).split("\\.", -1)) {
      Matcher language = LANGUAGE.matcher(part);
      if (language.matches()) {
        String region = language.group(2);
        boolean plain = region == null || region.equalsIgnoreCase("orig");
        String tag = LanguageNames.tag(plain ? language.group(1) : part);
        if (tag != null) {
          return tag;
        }
      }
    }
    return null;
  }

  private static @Nullable LocalDate takeDate(StringBuilder rest) {
    Matcher meeting = MEETING.matcher(rest);
    if (meeting.find()) {
      rest.replace(meeting.start(), meeting.end(), meeting.group(1) + " ");
    }
    Matcher iso = ISO_DATE.matcher(rest);
    while (iso.find()) {
      LocalDate date = date(iso.group(1), iso.group(3), iso.group(4));
      if (date != null) {
        return cut(rest, iso, date);
      }
    }
    Matcher local = LOCAL_DATE.matcher(rest);
    if (local.find()) {
      int first = Integer.parseInt(local.group(1));
      int second = Integer.parseInt(local.group(3));
      boolean dayFirst = local.group(2).equals(".") || first > 12;
      // With a hyphen or a slash only a day past the twelfth tells which one is the month.
      if (dayFirst || second > 12 || first == second) {
        String month = dayFirst ? local.group(3) : local.group(1);
        String day = dayFirst ? local.group(1) : local.group(3);
        LocalDate date = date(local.group(4), month, day);
        if (date != null) {
          return cut(rest, local, date);
        }
      }
    }
    Matcher dayMonth = DAY_MONTH.matcher(rest);
    if (dayMonth.find()) {
      String month = month(dayMonth.group(2));
      LocalDate date = month == null ? null : date(dayMonth.group(3), month, dayMonth.group(1));
      if (date != null) {
        return cut(rest, dayMonth, date);
      }
    }
    Matcher monthDay = MONTH_DAY.matcher(rest);
    if (monthDay.find()) {
      String month = month(monthDay.group(1));
      LocalDate date = month == null ? null : date(monthDay.group(3), month, monthDay.group(2));
      return date == null ? null : cut(rest, monthDay, date);
    }
    return null;
  }

  /** The number of a month; null if it is none. */
  private static @Nullable String month(String name) {
    int month = MonthNames.number(name);
    return month == 0 ? null : Integer.toString(month);
  }

  private static @Nullable LocalDate date(String year, String month, String day) {
    try {
      return LocalDate.of(Integer.parseInt(year), Integer.parseInt(month), Integer.parseInt(day));
    } catch (DateTimeException noSuchDay) {
      return null;
    }
  }

  private static @Nullable Integer takeNumber(StringBuilder rest, boolean numbered) {
    String trimmed = trim(rest.toString());
    rest.setLength(0);
    rest.append(trimmed);
    for (Pattern pattern : List.of(EPISODE, HASH, SPACED_NUMBER, PADDED_NUMBER)) {
      Matcher number = pattern.matcher(rest);
      if (number.find()) {
        boolean counted = number.group(1) == null;
        return cut(rest, number, Integer.valueOf(number.group(counted ? 2 : 1)));
      }
    }
    Matcher leading = LEADING_NUMBER.matcher(rest);
    if (numbered && leading.find()) {
      return cut(rest, leading, Integer.valueOf(leading.group(1)));
    }
    return rest.toString().matches("\\d{1,3}|0\\d{3}") ? Integer.valueOf(rest.toString()) : null;
  }

  private static <T> T cut(StringBuilder rest, Matcher found, T value) {
    rest.replace(found.start(), found.end(), "\u0000");
    return value;
  }

  private static String trim(String text) {
    return text.replaceAll("^[\\s\\u0000_.,–—-]+|[\\s\\u0000_,–—-]+$", "");
  }

  /** What is left of a name as a title: without the show, with spaces, with a capital. */
  private static @Nullable String title(String rest, @Nullable String show) {
    String joined = trim(rest);
    if (show != null) {
      String words = Pattern.quote(show).isEmpty() ? "" : slugPattern(show);
      Matcher named =
          Pattern.compile(
                  "(?iu)^(" + words + ")(?=[\\s\\u0000_-])|(?<=[\\u0000_-])(" + words + ")$")
              .matcher(joined);
      joined = trim(named.replaceFirst(""));
    }
    String title =
        human(joined.replaceAll("[\\s_-]*\\u0000[\\s_-]*", joined.contains(" ") ? " - " : "_"));
    return says(title) ? title : null;
  }

  private static boolean says(String text) {
    return text.codePoints().filter(Character::isLetter).count() >= 2;
  }

  private static String slugPattern(String show) {
    StringBuilder pattern = new StringBuilder();
    for (String word : show.split("[\\s_-]+", -1)) {
      if (!word.isEmpty()) {
        pattern.append(pattern.isEmpty() ? "" : "[\\s_-]*").append(Pattern.quote(word));
      }
    }
    return pattern.isEmpty() ? "(?!)" : pattern.toString();
  }

  /** A slug as people write it; what has spaces is left as it is, but for underscores. */
  static String human(String name) {
    String text = name.strip();
    if (!text.contains(" ")) {
      if (DOT.matcher(text).results().count() >= 2) {
        text = DOT.matcher(text).replaceAll(" ");
      }
      text = text.replace('_', ' ').replaceAll("(?<=\\S)-(?=\\S)", " ");
      int first = text.isEmpty() ? 0 : text.codePointAt(0);
      if (Character.isLowerCase(first)) {
        text =
            new StringBuilder()
                .appendCodePoint(Character.toTitleCase(first))
                .append(text, Character.charCount(first), text.length())
                .toString();
      }
    }
    // What a file system forbids in names becomes an underscore: "Who owns the sea_ (part 1)".
    text = text.contains(" ") ? text.replaceAll("(?<=\\p{L})_+(?=\\s|$)", "") : text;
    return text.replaceAll("\\p{Cntrl}+", " ").replaceAll("\\s{2,}", " ").strip();
  }

  /** The nearest folder above that may be named after a show; null if there is none. */
  private static @Nullable String show(String stem, @Nullable Path folder, @Nullable Path root) {
    for (Path at = folder; at != null && at.getFileName() != null; at = at.getParent()) {
      String name = at.getFileName().toString();
      boolean outermost = root == null || at.equals(root);
      boolean named =
          Pattern.compile("(?iu)(?<![\\p{L}\\d])" + slugPattern(name) + "(?![\\p{L}\\d])")
              .matcher(stem)
              .find();
      boolean ownFolder = name.equals(stem);
      boolean passing =
          ownFolder
              || GENERIC.contains(name.toLowerCase(Locale.ROOT))
              || SEASON_FOLDER.matcher(name).matches()
              || ISO_DATE.matcher(name).find()
              || LANGUAGE.matcher(name).matches()
              || name.codePoints().noneMatch(Character::isLetter);
      if (!passing) {
        // The folder that was given may be anything, unless its name looks like a title.
        return !outermost || named || name.contains(" ") ? name : null;
      }
      if (outermost) {
        return null;
      }
    }
    return null;
  }
}
