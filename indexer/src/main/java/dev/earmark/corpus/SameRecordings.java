package dev.earmark.corpus;

import dev.earmark.model.EpisodeFields;
import dev.earmark.model.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Joins episodes of different names whose transcripts hold the same words: {@code interview.vtt}
 * and {@code New recording 12 (final).txt} are one recording.
 *
 * <p>In two steps, so that a corpus need not be read twice. Of the first {@value #HEAD} bytes of
 * each file a sketch is made: the hashes of its runs of three words, of which every {@value
 * #SAMPLE}th is kept. Two files that share enough of them are read whole, and joined if {@link
 * SameWords} finds them alike. A sketch that keeps the hashes divisible by a number can tell how
 * much of the smaller file is in the larger, however different their lengths (Broder, <i>On the
 * resemblance and containment of documents</i>, 1997). Of short texts all hashes are kept; those
 * are compared within their folder only, and if they are in different forms.
 *
 * <p>Kept apart are episodes that are said to be different: both have a manifest or a recording of
 * their own, or different dates, or different numbers in one show, or names that differ in nothing
 * but a number, as parts and reruns do. Linear in the size of the heads, but for files that are
 * alike. Not thread-safe.
 */
public final class SameRecordings {
  private static final int HEAD = 32 << 10;
  private static final int SAMPLE = 8;

  /** A text with fewer runs than that is short. */
  private static final int SHORT = 600;

  /** Of short texts more than that are not compared with each other in one folder. */
  private static final int MOST_SHORT = 200;

  /** Pairs of files that share so much of the smaller sketch are read. */
  public static final double NOMINATED = 0.12;

  /** A run that so many files have is a phrase of the show, and tells nothing. */
  private static final int COMMON = 12;

  private static final int MOST_READ = 2_000;

  /** What may hold a transcript as text; binary documents are told by their names alone. */
  private static final Set<String> TEXT =
      Set.of(
          "vtt",
          "srt",
          "txt",
          "md",
          "markdown",
          "json",
          "tsv",
          "csv",
          "html",
          "htm",
          "ttml",
          "dfxp",
          "xml",
          "sbv",
          "lrc",
          "ass",
          "ssa",
          "sub",
          "smi",
          "stl",
          "rtf",
          "tex",
          "org",
          "rst");

  private final List<EpisodeInput> episodes;
  private final List<Problem> problems;

  /** The number of the episode that each is part of by now. */
  private final int[] partOf;

  private final Map<Integer, EpisodeDocument> read = new HashMap<>();
  private int reads;

  private SameRecordings(List<EpisodeInput> episodes, List<Problem> problems) {
    this.episodes = episodes;
    this.problems = problems;
    this.partOf = IntStream.range(0, episodes.size()).toArray();
  }

  /**
   * The sketch of a file.
   *
   * @param episode the number of its episode
   * @param hashes sorted, each once; of a long text every {@value SameRecordings#SAMPLE}th
   */
  private record Sketch(int episode, Path file, long[] hashes, boolean isShort) {}

  /** The episodes, with those of one recording joined; a notice says which. */
  static List<EpisodeInput> join(List<EpisodeInput> episodes, List<Problem> problems) {
    return new SameRecordings(episodes, problems).joined();
  }

  /**
   * How much of the smaller of two texts the larger seems to hold, from their sketches: 0 to 1.
   *
   * @param one the beginning of a file, as it is written
   */
  public static double shared(String one, String other) {
    long[] first = runs(one);
    long[] second = runs(other);
    boolean few = Math.min(first.length, second.length) < SHORT;
    return share(few ? first : sample(first), few ? second : sample(second));
  }

  private List<EpisodeInput> joined() {
    List<Sketch> sketches = sketches();
    for (Pair pair : nominated(sketches)) {
      compare(sketches.get(pair.one()), sketches.get(pair.other()));
    }
    Map<Integer, List<Integer>> groups = new LinkedHashMap<>();
    for (int i = 0; i < episodes.size(); i++) {
      groups.computeIfAbsent(whole(i), first -> new ArrayList<>()).add(i);
    }
    List<EpisodeInput> result = new ArrayList<>();
    groups.values().forEach(group -> result.add(joined(group)));
    return result;
  }

  private List<Sketch> sketches() {
    List<Sketch> all = new ArrayList<>();
    IntStream.range(0, episodes.size())
        .parallel()
        .mapToObj(this::sketches)
        .forEachOrdered(all::addAll);
    return all;
  }

  private List<Sketch> sketches(int episode) {
    List<Sketch> sketches = new ArrayList<>();
    for (SourceInput source : episodes.get(episode).sources()) {
      if (source.places().getFirst() instanceof SourceRef.LocalFile local
          && TEXT.contains(extension(local.path()))) {
        String head = head(local.path());
        long[] runs = runs(head);
        // Of a recogniser's JSON the head may hold few words, but not be all of it.
        boolean few = runs.length < SHORT && head.length() < HEAD / 2;
        if (runs.length >= SameWords.FEWEST) {
          sketches.add(new Sketch(episode, local.path(), few ? runs : sample(runs), few));
        }
      }
    }
    return sketches;
  }

  private static String extension(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }

  private static String head(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(HEAD), StandardCharsets.UTF_8);
    } catch (IOException e) {
      // Whoever reads the episode says so.
      return "";
    }
  }

  /**
   * The hashes of the runs of three words of a text, each once, in order. What stands in angle
   * brackets, numbers, and the keys of JSON are no words.
   */
  private static long[] runs(String text) {
    // Words of one letter, with a sign between them, are the most there can be.
    long[] runs = new long[text.length() / 2 + 1];
    int count = 0;
    long before = 0;
    long last = 0;
    int words = 0;
    int at = 0;
    while (at < text.length()) {
      char next = text.charAt(at);
      if (next == '<') {
        int end = text.indexOf('>', at);
        at = end < 0 || end - at > 300 ? at + 1 : end + 1;
        continue;
      }
      if (!Character.isLetter(next)) {
        at++;
        continue;
      }
      int start = at;
      long hash = 7;
      while (at < text.length() && isOfWord(text.charAt(at))) {
        char letter = text.charAt(at++);
        if (Character.isLetterOrDigit(letter)) {
          hash = hash * 1_000_003 + Character.toLowerCase(letter);
        }
      }
      boolean key = at + 1 < text.length() && text.charAt(at) == '"' && isKey(text, at + 1);
      if (key || (start > 0 && text.charAt(start - 1) == '\\' && at - start == 1)) {
        continue;
      }
      words++;
      if (words >= 3) {
        runs[count++] = mixed((before * 31 + last) * 31 + hash);
      }
      before = last;
      last = hash;
    }
    return Arrays.stream(runs, 0, count).sorted().distinct().toArray();
  }

  private static boolean isOfWord(char letter) {
    return Character.isLetterOrDigit(letter) || letter == '\'' || letter == '\u2019';
  }

  private static boolean isKey(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
    return at < text.length() && text.charAt(at) == ':';
  }

  /** A hash with all bits alike at random (the finalizer of SplitMix64), without its sign. */
  private static long mixed(long hash) {
    long mixed = (hash ^ hash >>> 30) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
    return (mixed ^ mixed >>> 31) >>> 1;
  }

  private static long[] sample(long[] runs) {
    return Arrays.stream(runs).filter(run -> run % SAMPLE == 0).toArray();
  }

  private static double share(long[] one, long[] other) {
    int shared = 0;
    int j = 0;
    for (long hash : one) {
      while (j < other.length && other[j] < hash) {
        j++;
      }
      shared += j < other.length && other[j] == hash ? 1 : 0;
    }
    return (double) shared / Math.max(1, Math.min(one.length, other.length));
  }

  /** Two sketches by their numbers, and how much they share. */
  private record Pair(int one, int other, double share) {
    static final Comparator<Pair> MOST_FIRST =
        Comparator.comparing((Pair pair) -> -pair.share)
            .thenComparing(Pair::one)
            .thenComparing(Pair::other);
  }

  /** Pairs of sketches that may be of one recording, those that share most first. */
  private List<Pair> nominated(List<Sketch> sketches) {
    List<Pair> pairs = new ArrayList<>();
    long[] entries = new long[sketches.stream().mapToInt(s -> s.hashes().length).sum()];
    int count = 0;
    Map<Path, List<Integer>> few = new TreeMap<>();
    for (int i = 0; i < sketches.size(); i++) {
      Sketch sketch = sketches.get(i);
      if (sketch.isShort()) {
        few.computeIfAbsent(folder(sketch), of -> new ArrayList<>()).add(i);
        continue;
      }
      for (long hash : sketch.hashes()) {
        entries[count++] = (hash & 0xFFFFFFFFFFL) << 23 | i;
      }
    }
    Arrays.sort(entries, 0, count);
    Map<Long, Integer> together = new HashMap<>();
    for (int from = 0, to = 0; from < count; from = to) {
      while (to < count && entries[to] >>> 23 == entries[from] >>> 23) {
        to++;
      }
      for (int i = from; i < to && to - from <= COMMON; i++) {
        for (int j = i + 1; j < to; j++) {
          together.merge((entries[i] & 0x7FFFFF) << 23 | (entries[j] & 0x7FFFFF), 1, Integer::sum);
        }
      }
    }
    together.forEach((pair, shared) -> {
      int one = (int) (pair >>> 23);
      int other = (int) (pair & 0x7FFFFF);
      int smaller =
          Math.min(sketches.get(one).hashes().length, sketches.get(other).hashes().length);
      if (shared >= NOMINATED * smaller) {
        pairs.add(new Pair(one, other, (double) shared / smaller));
      }
    });
    for (List<Integer> folder : few.values()) {
      for (int i = 0; i < folder.size() && folder.size() <= MOST_SHORT; i++) {
        for (int j = i + 1; j < folder.size(); j++) {
          Sketch one = sketches.get(folder.get(i));
          Sketch other = sketches.get(folder.get(j));
          double share = share(one.hashes(), other.hashes());
          if (share >= 0.5 && !extension(one.file()).equals(extension(other.file()))) {
            pairs.add(new Pair(folder.get(i), folder.get(j), share));
          }
        }
      }
    }
    pairs.sort(Pair.MOST_FIRST);
    return pairs;
  }

  private static Path folder(Sketch sketch) {
    return sketch.file().toAbsolutePath().resolveSibling("");
  }

  private void compare(Sketch one, Sketch other) {
    int first = whole(one.episode());
    int second = whole(other.episode());
    boolean open = first != second && mayBeOne(first, second);
    if (open && reads < MOST_READ && isSame(one, other)) {
      int kept = rank(first) >= rank(second) ? first : second;
      int joined = kept == first ? second : first;
      partOf[joined] = kept;
      Sketch of = kept == first ? other : one;
      Sketch with = kept == first ? one : other;
      problems.add(
          new Problem(
              Problem.Severity.NOTICE,
              "same-recording",
              of.file().toString(),
              0,
              "holds the same words as " + with.file(),
              "read as one recording; give each an episode.yaml to keep them apart"));
    }
  }

  private int whole(int episode) {
    int at = episode;
    while (partOf[at] != at) {
      at = partOf[at];
    }
    return at;
  }

  /** Whether nothing says that two groups of episodes are different recordings. */
  private boolean mayBeOne(int first, int second) {
    for (int i = 0; i < episodes.size(); i++) {
      for (int j = 0; whole(i) == first && j < episodes.size(); j++) {
        if (whole(j) == second && areDifferent(episodes.get(i), episodes.get(j))) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean areDifferent(EpisodeInput one, EpisodeInput other) {
    EpisodeFields its = known(one);
    EpisodeFields others = known(other);
    return (one.manifest() != null && other.manifest() != null)
        || (isHeard(one) && isHeard(other))
        || areDifferent(its.date(), others.date())
        || (!one.id().equals(other.id()) && unnumbered(one).equals(unnumbered(other)))
        || (its.number() != null
            && others.number() != null
            && !its.number().equals(others.number())
            && Objects.equals(its.show(), others.show()));
  }

  private static boolean areDifferent(@Nullable LocalDate one, @Nullable LocalDate other) {
    return one != null && other != null && !one.equals(other);
  }

  /** The name without its numbers, of which one may be all that tells two episodes apart. */
  private static String unnumbered(EpisodeInput input) {
    return input.id().replaceAll("\\d+", "0");
  }

  private static EpisodeFields known(EpisodeInput input) {
    return input.fields().orElse(input.beside().inherited()).orElse(input.beside().guessed());
  }

  private static boolean isHeard(EpisodeInput input) {
    return !input.beside().recordings().isEmpty()
        || input.fields().media().youtube() != null
        || input.fields().media().audio() != null
        || input.fields().media().video() != null;
  }

  /** Which of two names an episode keeps: that of a manifest, a recording, a date, captions. */
  private int rank(int episode) {
    EpisodeInput input = episodes.get(episode);
    boolean timed =
        input.sources().stream()
            .anyMatch(source ->
                Set.of("vtt", "srt", "json", "ttml", "sbv", "tsv")
                    .contains(extension(Path.of(source.places().getFirst().name()))));
    return (input.manifest() != null ? 8 : 0)
        + (isHeard(input) ? 4 : 0)
        + (known(input).date() != null ? 2 : 0)
        + (timed ? 1 : 0);
  }

  private boolean isSame(Sketch one, Sketch other) {
    SourceDocument first = document(one);
    SourceDocument second = document(other);
    return first != null
        && second != null
        && !areDifferent(read(one).episode().date(), read(other).episode().date())
        && SameWords.areSame(first, second);
  }

  private EpisodeDocument read(Sketch sketch) {
    return read.computeIfAbsent(
        sketch.episode(),
        number -> {
          reads++;
          return EpisodeReader.read(episodes.get(number));
        });
  }

  private @Nullable SourceDocument document(Sketch sketch) {
    EpisodeDocument document = read(sketch);
    String name = String.valueOf(sketch.file().getFileName());
    return document.sources().stream()
        .filter(source -> source.name().equals(name))
        .findFirst()
        .orElse(null);
  }

  private EpisodeInput joined(List<Integer> group) {
    int first = whole(group.getFirst());
    EpisodeInput joined = episodes.get(first);
    for (int number : group) {
      joined = number == first ? joined : joined.with(episodes.get(number));
    }
    return joined;
  }
}
