package dev.earmark.search.rank;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Lists the best hit of each stretch of speech before its other hits.
 *
 * <p>Neighbouring moments are about the same thing and score alike, so a list by score shows the
 * same minute several times. A hit within {@link RankingParameters#stretchMs} of a better one of
 * its episode moves behind the first hits of other stretches. It is never dropped.
 *
 * <p>If all hits are in one episode, only the first few are spread. There people first want the
 * right place, and then read on around it; for that the order by score finds far more.
 */
public final class Diversifier {
  private final Map<Object, Taken> taken = new HashMap<>();

  /**
   * Where a hit lies.
   *
   * @param episode whatever names it
   * @param placed whether it is placed in the recording
   * @param startMs when it starts, comparable among hits of the episode that are placed, or not
   */
  public record Place(Object episode, boolean placed, long startMs) {
    /** What is left here of something that lies elsewhere; nothing from another timeline. */
    double left(Place other, double timeMs) {
      return placed == other.placed && episode.equals(other.episode)
          ? Math.exp(-Math.abs(startMs - other.startMs) / timeMs)
          : 0;
    }
  }

  private final double stretchMs;

  private Diversifier(double stretchMs) {
    this.stretchMs = stretchMs;
  }

  /** Tells where a hit lies. */
  public interface Places<T> {
    Place of(T hit) throws IOException;
  }

  /**
   * The first of some hits in the order they are shown in.
   *
   * @param byScore the hits, best first
   * @param wanted how many are wanted; there may be fewer hits, and more may be given
   * @param stretchMs a hit so near a better one of its episode gives way to other stretches
   * @param stretchesOfOne how many stretches come first if all hits are of one episode
   */
  public static <T> List<T> spread(
      List<T> byScore, int wanted, Places<T> places, double stretchMs, int stretchesOfOne)
      throws IOException {
    Diversifier stretches = new Diversifier(stretchMs);
    BitSet first = new BitSet(byScore.size());
    int firsts = 0;
    int looked = 0;
    // So many that are the first of theirs come before all others, if the episodes are several.
    while (looked < byScore.size() && (firsts < wanted || stretches.taken.size() <= 1)) {
      if (stretches.takes(places.of(byScore.get(looked)))) {
        first.set(looked);
        firsts++;
      }
      looked++;
    }
    if (stretches.taken.size() == 1) {
      int kept = 0;
      for (int i = first.nextSetBit(0); i >= 0; i = first.nextSetBit(i + 1)) {
        first.set(i, kept++ < stretchesOfOne);
      }
    }
    List<T> spread = new ArrayList<>(byScore.size());
    for (int i = first.nextSetBit(0); i >= 0; i = first.nextSetBit(i + 1)) {
      spread.add(byScore.get(i));
    }
    for (int i = first.nextClearBit(0); i < looked; i = first.nextClearBit(i + 1)) {
      spread.add(byScore.get(i));
    }
    return spread;
  }

  /** Whether there are hits and all lie in one episode. */
  public static <T> boolean areOfOneEpisode(List<T> hits, Places<T> places) throws IOException {
    Object first = hits.isEmpty() ? null : places.of(hits.getFirst()).episode();
    for (T hit : hits) {
      if (!places.of(hit).episode().equals(first)) {
        return false;
      }
    }
    return first != null;
  }

  /** Whether a hit is the first of its stretch. */
  private boolean takes(Place place) {
    Taken of = taken.computeIfAbsent(place.episode(), episode -> new Taken());
    return (place.placed() ? of.placed : of.unplaced).add(place.startMs(), stretchMs);
  }

  /** The stretches of an episode; times of what is placed and of what is not are not compared. */
  private static final class Taken {
    private final Starts placed = new Starts();
    private final Starts unplaced = new Starts();
  }

  /** When some stretches start. */
  private static final class Starts {
    private long[] starts = new long[4];
    private int count;

    /** Adds a start unless it is in the stretch of another. */
    boolean add(long startMs, double stretchMs) {
      for (int i = 0; i < count; i++) {
        if (Math.abs(starts[i] - startMs) <= stretchMs) {
          return false;
        }
      }
      if (count == starts.length) {
        starts = Arrays.copyOf(starts, count * 2);
      }
      starts[count++] = startMs;
      return true;
    }
  }
}
