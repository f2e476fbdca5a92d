package dev.earmark.bench;

import dev.earmark.corpus.Cast;
import dev.earmark.corpus.CorpusScanner;
import dev.earmark.corpus.EpisodeDocument;
import dev.earmark.corpus.EpisodeInput;
import dev.earmark.corpus.EpisodeReader;
import dev.earmark.corpus.People;
import dev.earmark.corpus.SameRecordings;
import dev.earmark.corpus.SameWords;
import dev.earmark.corpus.SourceDocument;
import dev.earmark.model.Kind;
import dev.earmark.model.Moment;
import dev.earmark.model.Person;
import dev.earmark.text.Words;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a folder says by itself, where the answer is known: which transcripts are of one recording,
 * and which names are one person.
 *
 * <p>Of each talk an {@link Editor} makes a second transcript; the talks of the same show before it
 * are other recordings. Joined by sketches are those whose files would be compared though their
 * names differ. People who are named in full are called in every other episode as transcripts call
 * them: by first name, initial, in capitals, last name first; whom that is joined with is then
 * right or wrong.
 */
final class FolderCases {
  private static final int FEWEST_WORDS = 300;
  private static final double ORDINARY = 1;
  private static final double HEAVY = 5;
  private static final long SEED = 18;

  /** Each talk is compared with so many of its show before it. */
  private static final int MOST_EARLIER = 20;

  private static final int HEAD = 32 << 10;

  private final Map<String, Cast> casts = new TreeMap<>();
  private final Map<String, List<Double>> alike = new TreeMap<>();

  /** Reads every Nth episode for its words, and all for their people. */
  FolderCases(Path corpora, int every) {
    Map<String, List<SourceDocument>> earlier = new HashMap<>();
    int number = 0;
    for (EpisodeInput input : CorpusScanner.scan(List.of(corpora)).episodes()) {
      EpisodeDocument document = EpisodeReader.read(input);
      casts.put(input.id(), document.cast());
      String show = document.episode().show();
      if (show == null || number++ % every != 0) {
        continue;
      }
      SourceDocument talk = talk(document);
      if (talk != null) {
        edited("edited, ordinary", talk, ORDINARY, number);
        edited("edited, heavy", talk, HEAVY, number);
        List<SourceDocument> others = earlier.computeIfAbsent(show, of -> new ArrayList<>());
        for (SourceDocument before : others) {
          if (before.language().equals(talk.language())) {
            add("another talk of the show", SameWords.alike(before, talk));
            add(
                "another talk of the show, by sketches",
                SameRecordings.shared(text(before), text(talk)));
          }
        }
        others.add(talk);
        if (others.size() > MOST_EARLIER) {
          others.removeFirst();
        }
      }
    }
  }

  private static @Nullable SourceDocument talk(EpisodeDocument document) {
    for (SourceDocument source : document.sources()) {
      int words = 0;
      for (Moment moment : source.moments()) {
        words += moment.kind() == Kind.SEGMENT ? Words.of(moment.body()).count() : 0;
      }
      if (words >= FEWEST_WORDS) {
        return source;
      }
    }
    return null;
  }

  private void edited(String kind, SourceDocument talk, double much, int number) {
    Editor editor = new Editor(SEED + number, much);
    List<Moment> moments = new ArrayList<>();
    for (Moment moment : talk.moments()) {
      if (moment.kind() == Kind.SEGMENT) {
        Words words = Words.of(moment.body());
        List<String> spoken = new ArrayList<>();
        for (int i = 0; i < words.count(); i++) {
          spoken.add(words.word(i));
        }
        String text = editor.edit(spoken, 0, spoken.size()).text();
        if (!text.isBlank()) {
          moments.add(Moment.builder(Kind.SEGMENT, text).build());
        }
      }
    }
    SourceDocument other = talk.withMoments(moments);
    add(kind, SameWords.alike(talk, other));
    add(kind + ", by sketches", SameRecordings.shared(text(talk), text(other)));
  }

  /** The beginning of a transcript as a file of it has it. */
  private static String text(SourceDocument talk) {
    StringBuilder text = new StringBuilder();
    for (Moment moment : talk.moments()) {
      text.append(moment.body()).append("\n\n");
    }
    return text.substring(0, Math.min(text.length(), HEAD));
  }

  private void add(String kind, double share) {
    alike.computeIfAbsent(kind, of -> new ArrayList<>()).add(share);
  }

  /** Adds the share of pairs that are joined, and how much they have in common. */
  void sameRecording(Report.Table table) {
    alike.forEach((kind, shares) -> {
      double[] sorted = shares.stream().mapToDouble(Double::doubleValue).sorted().toArray();
      double least = kind.endsWith("by sketches") ? SameRecordings.NOMINATED : SameWords.ALIKE;
      double joined = Arrays.stream(sorted).filter(share -> share >= least).count();
      table.row(
          kind,
          sorted.length,
          joined / sorted.length,
          sorted[0],
          sorted[sorted.length / 2],
          sorted[sorted.length - 1]);
    });
  }

  /** Adds how many of the names are joined with others, and how many of these rightly. */
  void people(Report.Table table) {
    Random random = new Random(SEED);
    Map<String, Cast> called = new TreeMap<>();
    Map<String, Map<String, String>> truth = new HashMap<>();
    int number = 0;
    for (Map.Entry<String, Cast> episode : casts.entrySet()) {
      boolean changed = number++ % 2 == 1 && episode.getValue().show() != null;
      List<Cast.Member> members = new ArrayList<>();
      Map<String, String> names = new HashMap<>();
      for (Cast.Member member : episode.getValue().members()) {
        String name = member.name();
        String other = changed && isFull(name) ? other(name, random.nextInt(4)) : name;
        if (names.putIfAbsent(other, name) == null) {
          members.add(new Cast.Member(other, List.of(other), member.uses(), false, member.id()));
        }
      }
      called.put(episode.getKey(), new Cast(episode.getValue().show(), members));
      truth.put(episode.getKey(), names);
    }
    People people = new People(called);
    Map<String, int[]> counts = new TreeMap<>();
    called.forEach((id, cast) ->
        people
            .in(id, cast)
            .forEach((name, person) -> {
              String meant = truth.getOrDefault(id, Map.of()).getOrDefault(name, name);
              if (!meant.equals(name)) {
                count(
                    counts.computeIfAbsent(kind(name, meant), of -> new int[3]),
                    name,
                    meant,
                    person);
                count(counts.computeIfAbsent("~ all", of -> new int[3]), name, meant, person);
              }
            }));
    counts.forEach((kind, count) ->
        table.row(
            kind,
            count[0],
            (double) (count[1] + count[2]) / count[0],
            (double) count[1] / Math.max(1, count[1] + count[2])));
  }

  private static void count(int[] counts, String name, String meant, Person person) {
    counts[0]++;
    boolean right = person.spellings().stream().anyMatch(one -> words(one).equals(words(meant)));
    boolean joined = right || !words(person.name()).equals(words(name));
    counts[right ? 1 : 2] += joined ? 1 : 0;
  }

  private static List<String> words(String name) {
    return Arrays.stream(Words.of(name).folded()).sorted().toList();
  }

  private static boolean isFull(String name) {
    String[] parts = name.split(" ", -1);
    return parts.length == 2
        && Arrays.stream(parts)
            .allMatch(part -> part.length() > 1 && part.chars().allMatch(Character::isLetter));
  }

  private static String other(String name, int how) {
    String first = name.substring(0, name.indexOf(' '));
    String last = name.substring(name.indexOf(' ') + 1);
    return switch (how) {
      case 0 -> first;
      case 1 -> first.charAt(0) + ". " + last;
      case 2 -> name.toUpperCase(Locale.ROOT) + " (Guest)";
      default -> last + ", " + first;
    };
  }

  private static String kind(String name, String meant) {
    if (!name.contains(" ")) {
      return "first name";
    }
    return name.contains(",")
        ? "last name first"
        : name.contains(".") && !meant.contains(".") ? "initial" : "capitals, (Guest)";
  }
}
