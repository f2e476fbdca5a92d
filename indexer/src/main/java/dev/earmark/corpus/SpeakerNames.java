package dev.earmark.corpus;

import dev.earmark.model.Cue;
import dev.earmark.model.EpisodeFields;
import dev.earmark.model.Moment;
import dev.earmark.model.Speaker;
import dev.earmark.text.Words;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One name for each person of an episode, however its sources spell them.
 *
 * <p>First come the labels of the manifest. Then spellings are one person that differ in case,
 * diacritics, a title ("Dr."), the order of a meeting tool ("Quist, Ada") or what stands in
 * brackets behind ("(Guest)"); and so is a first name alone, or one with an initial, if exactly one
 * person of the episode has it. The spelling of the manifest is shown; else the one used most, one
 * that is not all capitals before one that is. Labels of programs such as "Speaker 1" are left as
 * they are.
 */
final class SpeakerNames {
  private static final Pattern BRACKETS =
      Pattern.compile("(\\([^()]{0,60}\\)|\\[[^\\[\\]]{0,60}\\])\\s*$");
  private static final Pattern TITLE =
      Pattern.compile("(?i)^(dr|prof|professor|mr|mrs|ms|sir|dame)\\b\\.?\\s+(?=\\S+\\s+\\S)");
  private static final Pattern INITIAL = Pattern.compile("\\p{L}\\.?\\s");
  private static final Pattern LAST_FIRST =
      Pattern.compile("^(\\p{Lu}[\\p{L}'’-]+),\\s*(\\p{Lu}[\\p{L}'’.-]*(?: \\p{Lu}[\\p{L}.]*)?)");

  /** What a program or a typist calls somebody whose name is not known. */
  private static final Pattern LABEL =
      Pattern.compile(
          "(?iu)((unknown|unidentified|male|female|multiple|other|first|second|third)[ _-]*)?"
              + "(speakers?|spk|participant|person|guest|host|co-?host|voice|male|female|unknown"
              + "|unidentified|interviewer|interviewee|moderator|presenter|narrator|operator"
              + "|audience( member)?|questioner|caller|man|woman|sprecher(in)?|locuteur|intervenant"
              + "|hablante|orador|parlante|spreker|talare|спикер|говорящий|发言人|说话人|話者|화자)"
              + "[ _#-]*(\\d+|\\p{L})?|\\p{L}?\\d+|\\p{L}");

  /** In a show with more people than that a first name says little. */
  private static final int MOST_JOINED = 500;

  private final Map<String, String> names;
  private final Map<String, List<String>> spellings;
  private final Set<String> unused;

  private SpeakerNames(
      Map<String, String> names, Map<String, List<String>> spellings, Set<String> unused) {
    this.names = names;
    this.spellings = spellings;
    this.unused = unused;
  }

  /** Whether a name says who of a recording is meant, and nothing to anybody who has another. */
  static boolean isLabel(String name) {
    return LABEL.matcher(plain(name).strip()).matches();
  }

  /**
   * The names of an episode's people.
   *
   * @param labels who is meant by what sources call a speaker
   * @param declared the people whom manifests and sources name
   * @param heard the speaker of each piece of speech, as often as it speaks
   */
  static SpeakerNames of(Map<String, String> labels, List<Speaker> declared, List<String> heard) {
    Map<String, Integer> uses = new LinkedHashMap<>();
    Set<String> given = new HashSet<>();
    for (Speaker speaker : declared) {
      uses.put(speaker.name(), 0);
      given.add(speaker.name());
    }
    heard.forEach(name -> uses.merge(name, 1, Integer::sum));
    return of(labels, given, uses, key -> true);
  }

  /**
   * The names of some people.
   *
   * @param labels who is meant by what sources call a speaker
   * @param given the names of manifests and sources
   * @param uses how often somebody speaks under each name
   * @param mayBeFirst whether a first name alone may mean somebody, given the {@link #key} of their
   *     name
   */
  static SpeakerNames of(
      Map<String, String> labels,
      Set<String> given,
      Map<String, Integer> uses,
      Predicate<String> mayBeFirst) {
    Map<String, String> byLabel = new HashMap<>();
    labels.forEach((label, name) -> byLabel.put(Words.fold(label.strip()), name));
    Set<String> unused = new HashSet<>(labels.keySet());
    Map<String, String> labelled = new LinkedHashMap<>();
    Map<String, List<String>> byKey = new LinkedHashMap<>();
    Set<String> stated = new HashSet<>(given);
    labels
        .values()
        .forEach(name -> {
          stated.add(name);
          List<String> same = byKey.computeIfAbsent(key(name), key -> new ArrayList<>());
          if (!same.contains(name)) {
            same.add(name);
          }
        });
    for (String name : uses.keySet()) {
      String meant = byLabel.get(Words.fold(name.strip()));
      if (meant != null) {
        labelled.put(name, meant);
        unused.removeIf(label -> Words.fold(label.strip()).equals(Words.fold(name.strip())));
      } else {
        List<String> same = byKey.computeIfAbsent(key(name), key -> new ArrayList<>());
        if (!same.contains(name)) {
          same.add(name);
        }
      }
    }
    joinShort(byKey, mayBeFirst);
    Map<String, String> names = new HashMap<>();
    for (List<String> same : byKey.values()) {
      String shown = shown(same, uses, stated);
      same.forEach(spelling -> names.putIfAbsent(spelling, shown));
    }
    labelled.forEach((name, meant) -> names.put(name, names.getOrDefault(meant, meant)));
    Map<String, List<String>> spellings = new HashMap<>();
    for (String name : uses.keySet()) {
      spellings
          .computeIfAbsent(names.getOrDefault(name, name), shown -> new ArrayList<>())
          .add(name);
    }
    return new SpeakerNames(names, spellings, unused);
  }

  /** Adds first names and names with an initial to the only person they can mean. */
  private static void joinShort(Map<String, List<String>> byKey, Predicate<String> mayBeFirst) {
    if (byKey.size() > MOST_JOINED) {
      return;
    }
    Map<String, List<String>> byFirst = new HashMap<>();
    Map<String, List<String>> byLast = new HashMap<>();
    for (String key : byKey.keySet()) {
      int first = key.indexOf(' ');
      if (first > 0 && !isLabel(key)) {
        byFirst.computeIfAbsent(key.substring(0, first), word -> new ArrayList<>()).add(key);
        byLast
            .computeIfAbsent(key.substring(key.lastIndexOf(' ') + 1), word -> new ArrayList<>())
            .add(key);
      }
    }
    for (String key : List.copyOf(byKey.keySet())) {
      List<String> near =
          key.indexOf(' ') < 0
              ? byFirst.getOrDefault(key, List.of())
              : byLast.getOrDefault(key.substring(key.lastIndexOf(' ') + 1), List.of());
      List<String> meant = near.stream().filter(full -> isShortFor(key, full)).toList();
      List<String> spellings = byKey.get(key);
      if (meant.size() == 1
          && spellings != null
          && !isLabel(key)
          && (key.indexOf(' ') >= 0 || mayBeFirst.test(meant.getFirst()))) {
        List<String> full = byKey.get(meant.getFirst());
        if (full != null) {
          full.addAll(spellings);
          byKey.remove(key);
        }
      }
    }
  }

  /** Whether "ada" or "a quist" may be short for "ada quist". */
  private static boolean isShortFor(String key, String full) {
    String[] part = key.split(" ", -1);
    String[] whole = full.split(" ", -1);
    if (whole.length < 2 || key.equals(full) || part[0].isEmpty()) {
      return false;
    }
    if (part.length == 1) {
      return part[0].length() > 1 && part[0].equals(whole[0]);
    }
    return part.length == 2
        && part[1].equals(whole[whole.length - 1])
        && (part[0].equals(whole[0])
            || (part[0].length() == 1 && whole[0].startsWith(part[0]) && whole[0].length() > 1));
  }

  private static String shown(
      List<String> spellings, Map<String, Integer> uses, Set<String> given) {
    String best = spellings.getFirst();
    long most = Long.MIN_VALUE;
    for (String spelling : spellings) {
      String plain = plain(spelling);
      boolean shouted = plain.equals(plain.toUpperCase(Locale.ROOT));
      boolean whole = plain.contains(" ") && !INITIAL.matcher(plain).lookingAt();
      long worth =
          uses.getOrDefault(spelling, 0)
              + (given.contains(spelling) ? 8_000_000_000L : 0)
              + (whole ? 4_000_000_000L : 0)
              + (shouted ? 0 : 2_000_000_000L)
              + (plain.equals(spelling) ? 1_000_000_000L : 0);
      if (worth > most) {
        most = worth;
        best = given.contains(spelling) ? spelling : plain;
      }
    }
    return best;
  }

  /** A name without what stands in brackets behind it, a title, or a turned order. */
  static String plain(String name) {
    String plain = name.strip();
    Matcher brackets = BRACKETS.matcher(plain);
    while (brackets.find() && brackets.start() > 0) {
      plain = plain.substring(0, brackets.start()).stripTrailing();
      brackets = BRACKETS.matcher(plain);
    }
    plain = TITLE.matcher(plain).replaceFirst("");
    Matcher turned = LAST_FIRST.matcher(plain);
    return turned.matches() ? turned.group(2) + " " + turned.group(1) : plain;
  }

  /** What the spellings of one name have in common. */
  static String key(String name) {
    if (isLabel(name)) {
      return Words.fold(plain(name));
    }
    Words words = Words.of(plain(name));
    StringBuilder key = new StringBuilder();
    for (int i = 0; i < words.count(); i++) {
      key.append(key.isEmpty() ? "" : " ").append(words.folded(i));
    }
    return key.isEmpty() ? name : key.toString();
  }

  /** The labels of the manifest that no source uses. */
  List<String> unused() {
    return unused.stream().sorted().toList();
  }

  /** Of the names of one person the one to be shown. */
  static String most(Map<String, Integer> uses, Set<String> given) {
    return shown(List.copyOf(uses.keySet()), uses, given);
  }

  /** All names of a person that are shown as this one. */
  List<String> spellings(String shown) {
    return spellings.getOrDefault(shown, List.of(shown));
  }

  @Nullable String of(@Nullable String name) {
    return name == null ? null : names.getOrDefault(name, name);
  }

  EpisodeFields in(EpisodeFields fields) {
    Map<String, Speaker> people = new LinkedHashMap<>();
    for (Speaker speaker : fields.speakers()) {
      String name = names.getOrDefault(speaker.name(), speaker.name());
      people.merge(
          name,
          new Speaker(name, speaker.role()),
          (known, again) -> known.role() == null ? again : known);
    }
    return fields.withSpeakers(List.copyOf(people.values()));
  }

  List<Cue> in(List<Cue> cues) {
    return cues.stream()
        .map(cue -> {
          String name = of(cue.speaker());
          return Objects.equals(name, cue.speaker()) ? cue : cue.withSpeaker(name);
        })
        .toList();
  }

  Moment in(Moment moment) {
    String name = of(moment.speaker());
    return Objects.equals(name, moment.speaker())
        ? moment
        : moment.toBuilder().speaker(name).build();
  }
}
