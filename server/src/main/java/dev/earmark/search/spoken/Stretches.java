package dev.earmark.search.spoken;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Puts the best hit of every stretch of speech before the others of it.
 *
 * <p>Neighbouring moments speak of the same and rank alike, so that a list in the order of the
 * scores begins with the same minute several times over. A hit within {@value #STRETCH_MS} ms of a
 * better one of its episode gives way to the first hits of other stretches. It is never dropped: it
 * follows after them, still in the order of the scores.
 *
 * <p>Of hits that all lie in one episode only the first {@value #FIRST_OF_ONE} are spread so. Who
 * asks one episode first wants the right place, and may be offered several; then to read on around
 * it, and there the order of the scores finds far more of what is right.
 */
public final class Stretches {
  public static final long STRETCH_MS = 75_000;

  /** How many stretches of an episode stand before all else, where there is but one episode. */
  private static final int FIRST_OF_ONE = 5;

  private final Map<Timeline, List<Long>> taken = new HashMap<>();
  private final Set<Object> episodes = new HashSet<>();

  /** Times of what is placed and of what is not cannot be compared. */
  private record Timeline(Object episode, boolean placed) {}

  /**
   * Where a hit lies.
   *
   * @param episode whatever names it
   * @param placed whether it is placed in the recording
   * @param startMs when it starts, comparable among hits of the episode that are placed, or not
   */
  public record Place(Object episode, boolean placed, long startMs) {}

  private Stretches() {}

  /** Tells where a hit lies. */
  public interface Places<T> {
    Place of(T hit) throws IOException;
  }

  /**
   * The same hits in the order they are shown in.
   *
   * @param byScore the hits, best first
   */
  public static <T> List<T> spread(List<T> byScore, Places<T> places) throws IOException {
    Stretches stretches = new Stretches();
    List<T> best = new ArrayList<>();
    for (T hit : byScore) {
      if (stretches.takes(places.of(hit))) {
        best.add(hit);
      }
    }
    boolean one = stretches.episodes.size() <= 1;
    List<T> shown = best.subList(0, one ? Math.min(FIRST_OF_ONE, best.size()) : best.size());
    Set<T> first = Collections.newSetFromMap(new IdentityHashMap<>());
    first.addAll(shown);
    List<T> spread = new ArrayList<>(byScore.size());
    spread.addAll(shown);
    for (T hit : byScore) {
      if (!first.contains(hit)) {
        spread.add(hit);
      }
    }
    return spread;
  }

  /** Whether a hit is the first of its stretch. */
  private boolean takes(Place place) {
    episodes.add(place.episode());
    List<Long> starts =
        taken.computeIfAbsent(
            new Timeline(place.episode(), place.placed()), key -> new ArrayList<>());
    for (long other : starts) {
      if (Math.abs(other - place.startMs()) <= STRETCH_MS) {
        return false;
      }
    }
    return starts.add(place.startMs());
  }
}
