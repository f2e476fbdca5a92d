package dev.earmark.bench;

import dev.earmark.model.Cue;
import dev.earmark.model.ProblemLog;
import dev.earmark.source.Formats;
import dev.earmark.source.RawSource;
import dev.earmark.source.SourceException;
import dev.earmark.source.SourceFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/**
 * A row of words to make new speech of.
 *
 * <p>New speech follows the row and, every few words, jumps to another place where the same word is
 * said. So words and pairs of words come as often as in the row, and longer phrases are mostly new:
 * a Markov chain of order one (Shannon, "A Mathematical Theory of Communication", 1948, section 3)
 * that seldom leaves what was really said. Immutable and thread-safe.
 */
final class Speech {
  private static final int MOST_WORDS = 6_000_000;

  /** The mean number of words between two jumps. */
  private static final int STRIDE = 9;

  private final String[] vocabulary;
  private final int[] row;

  /** The places of each word in the row, those of one word behind those of the one before. */
  private final int[] places;

  private final int[] firstPlace;

  private Speech(List<String> vocabulary, int[] row) {
    this.vocabulary = vocabulary.toArray(String[]::new);
    this.row = row;
    firstPlace = new int[this.vocabulary.length + 1];
    for (int word : row) {
      firstPlace[word + 1]++;
    }
    for (int word = 0; word < this.vocabulary.length; word++) {
      firstPlace[word + 1] += firstPlace[word];
    }
    places = new int[row.length];
    int[] next = Arrays.copyOf(firstPlace, this.vocabulary.length);
    for (int place = 0; place < row.length; place++) {
      places[next[row[place]]++] = place;
    }
  }

  /**
   * The speech of the transcripts in a folder, or of as many of them as {@value #MOST_WORDS} words
   * allow.
   */
  static Speech of(Path folder, long seed) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder)) {
      files = new ArrayList<>(all.filter(Files::isRegularFile).sorted().toList());
    }
    Collections.shuffle(files, new Random(seed));
    Collector words = new Collector();
    for (Path file : files) {
      if (words.count == MOST_WORDS) {
        break;
      }
      cues(file).forEach(cue -> words.add(cue.text()));
    }
    if (words.count == 0) {
      throw new IOException("there is no speech in " + folder + " to make more of");
    }
    return words.speech();
  }

  /** What a file says and when; nothing if it is no transcript. */
  static List<Cue> cues(Path file) throws IOException {
    RawSource raw = new RawSource(file.getFileName().toString(), Files.readAllBytes(file));
    Optional<SourceFormat> format = Formats.recognise(raw);
    try {
      return format.isEmpty()
          ? List.of()
          : format.get().read(raw, new ProblemLog(file.toString())).cues();
    } catch (SourceException e) {
      return List.of();
    }
  }

  /**
   * Speech in a language that does not exist, where no transcripts are at hand: words as often as
   * Zipf and Mandelbrot have it, common ones short, in sentences of five to twenty-five.
   */
  static Speech invented(long seed) {
    Random random = new Random(seed);
    int size = 60_000;
    List<String> known = new ArrayList<>();
    double[] upTo = new double[size];
    double sum = 0;
    for (int rank = 0; rank < size; rank++) {
      known.add(Syllables.word(random, 1 + (int) (Math.log10(1 + rank) * 0.8)));
      sum += 1 / (rank + 2.7);
      upTo[rank] = sum;
    }
    Collector words = new Collector();
    while (words.count < MOST_WORDS / 4) {
      int length = 5 + random.nextInt(21);
      for (int i = 0; i < length; i++) {
        int rank = Arrays.binarySearch(upTo, random.nextDouble() * sum);
        String word = known.get(rank < 0 ? Math.min(size - 1, -rank - 1) : rank);
        words.add(i == 0 ? Syllables.capital(word) : i == length - 1 ? word + "." : word);
      }
    }
    return words.speech();
  }

  /** How many words the row has. */
  int words() {
    return row.length;
  }

  /** Somebody who goes on speaking. Not thread-safe. */
  final class Voice {
    private final Random random;
    private int at;

    /** Begins somewhere in the row. */
    Voice(Random random) {
      this.random = random;
      at = random.nextInt(row.length);
    }

    /** The next word, with the marks that stand on it. */
    String next() {
      at = (at + 1) % row.length;
      int word = row[at];
      if (random.nextInt(STRIDE) == 0) {
        int first = firstPlace[word];
        at = places[first + random.nextInt(firstPlace[word + 1] - first)];
      }
      return vocabulary[word];
    }
  }

  /** Numbers words as they come. */
  private static final class Collector {
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> vocabulary = new ArrayList<>();
    private int[] row = new int[1 << 16];
    private int count;

    /** Adds the words of a text, but for those that WebVTT would take for markup. */
    void add(String text) {
      for (String word : text.split("\\s+")) {
        boolean plain = word.chars().noneMatch(c -> c == '<' || c == '>' || c == '&');
        if (plain && !word.isEmpty() && count < MOST_WORDS) {
          row = count == row.length ? Arrays.copyOf(row, 2 * count) : row;
          row[count++] =
              numbers.computeIfAbsent(
                  word,
                  added -> {
                    vocabulary.add(added);
                    return vocabulary.size() - 1;
                  });
        }
      }
    }

    Speech speech() {
      return new Speech(vocabulary, Arrays.copyOf(row, count));
    }
  }
}
