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
  private static final Pattern LAST_FIRST =
      Pattern.compile("^(\\p{Lu}[\\p{L}'’-]+),\\s*(\\p{Lu}[\\p{L}'’.-]*(?: \\p{Lu}[\\p{L}.]*)?)");
  private static final Pattern PROGRAM =
      Pattern.compile("(?iu)(speaker|spk|participant|unknown|guest|host|voice|male|female)\\b.*");

  /** With more people than that a first name says little, and comparing them all takes long. */
  private static final int MOST_JOINED = 500;

  private final Map<String, String> names;
  private final Set<String> unused;

  private SpeakerNames(Map<String, String> names, Set<String> unused) {
    this.names = names;
    this.unused = unused;
  }

  /**
   * The names of an episode's people.
   *
   * @param labels who is meant by what sources call a speaker
   * @param declared the people whom manifests and sources name
   * @param heard the speaker of each piece of speech, as often as it speaks
   */
  static SpeakerNames of(Map<String, String> labels, List<Speaker> declared, List<String> heard) {
    Map<String, String> byLabel = new HashMap<>();
    labels.forEach((label, name) -> byLabel.put(Words.fold(label.strip()), name));
    Set<String> unused = new HashSet<>(labels.keySet());
    Map<String, Integer> uses = new LinkedHashMap<>();
    declared.forEach(speaker -> uses.put(speaker.name(), 0));
    heard.forEach(name -> uses.merge(name, 1, Integer::sum));
    Map<String, String> names = new HashMap<>();
    Map<String, List<String>> byKey = new LinkedHashMap<>();
    Set<String> given = new HashSet<>();
    labels
        .values()
        .forEach(name -> {
          given.add(name);
          byKey.computeIfAbsent(key(plain(name)), key -> new ArrayList<>()).add(name);
        });
    declared.forEach(speaker -> given.add(speaker.name()));
    for (String name : uses.keySet()) {
      String labelled = byLabel.get(Words.fold(name.strip()));
      if (labelled != null) {
        names.put(name, labelled);
        unused.removeIf(label -> Words.fold(label.strip()).equals(Words.fold(name.strip())));
      } else if (!PROGRAM.matcher(name).matches()) {
        byKey.computeIfAbsent(key(plain(name)), key -> new ArrayList<>()).add(name);
      }
    }
    joinShort(byKey);
    for (List<String> spellings : byKey.values()) {
      String shown = shown(spellings, uses, given);
      spellings.forEach(spelling -> names.putIfAbsent(spelling, shown));
    }
    return new SpeakerNames(names, unused);
  }

  /** Adds first names and names with an initial to the only person they can mean. */
  private static void joinShort(Map<String, List<String>> byKey) {
    if (byKey.size() > MOST_JOINED) {
      return;
    }
    for (String key : List.copyOf(byKey.keySet())) {
      List<String> meant = byKey.keySet().stream().filter(full -> isShortFor(key, full)).toList();
      List<String> spellings = byKey.get(key);
      if (meant.size() == 1 && spellings != null) {
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
      boolean whole = plain.contains(" ");
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

  private static String key(String name) {
    Words words = Words.of(name);
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
