package dev.earmark.corpus;

import dev.earmark.model.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Finds the pictures of episodes and their shows: the first of the places where one may be that
 * holds one that can be shown, then what the tags of the recordings hold.
 *
 * <p>A picture that many episodes share is read once. One is read at a time, so that memory is
 * bounded by one, and at most {@value #MOST_FETCHED} pictures of single episodes are fetched from
 * the web in the life of an object; what comes after shows the picture of its show. A picture that
 * cannot be shown is a problem, reported once, and costs nothing else. Thread-safe.
 */
public final class Artworks {
  /** Thumbnails are small, and few episodes of a run are far from those that share theirs. */
  private static final int MOST_KNOWN = 256;

  static final int MOST_FETCHED = 500;

  private static final Fetcher.Limits LIMITS =
      new Fetcher.Limits(ThumbnailMaker.MOST_BYTES, Duration.ofSeconds(10), Duration.ofSeconds(30));

  private static final Object ONE_AT_A_TIME = new Object();

  private final Fetcher fetcher;
  private final Map<Object, Result> known = new ConcurrentHashMap<>();
  private final AtomicInteger fetched = new AtomicInteger();

  /** Looks on disk, and where a fetcher is allowed to, on the web. */
  public Artworks(Fetcher fetcher) {
    this.fetcher = fetcher;
  }

  /**
   * The pictures of an episode.
   *
   * @param own its own; null if it has none
   * @param ofShow that of its show; null if that has none
   * @param problems what could not be used
   */
  public record Found(@Nullable Thumbnail own, @Nullable Thumbnail ofShow, List<Problem> problems) {
    public Found {
      problems = List.copyOf(problems);
    }
  }

  /** What a place holds: a thumbnail, or why there is none. */
  private record Result(@Nullable Thumbnail thumbnail, @Nullable String failure) {}

  /** Finds the pictures of an episode; never throws for what lies there. */
  public Found of(EpisodeInput input) {
    List<Problem> problems = new ArrayList<>();
    EpisodeInput.Pictures places = input.beside().pictures();
    Thumbnail ofShow = first(places.ofShow(), false, problems);
    Thumbnail own = first(places.own(), true, problems);
    for (Path recording : input.beside().recordings()) {
      own = own != null ? own : embedded(recording, problems);
    }
    return new Found(own, ofShow, problems);
  }

  private @Nullable Thumbnail first(List<SourceRef> places, boolean own, List<Problem> problems) {
    for (SourceRef place : places) {
      if (own && place instanceof SourceRef.Remote && !known.containsKey(place)) {
        int number = fetched.incrementAndGet();
        if (number == MOST_FETCHED + 1) {
          problems.add(
              new Problem(
                  Problem.Severity.NOTICE,
                  "artwork-not-fetched",
                  place.location(),
                  0,
                  "is one more than the " + MOST_FETCHED + " pictures of episodes fetched in a run",
                  "this and further ones are left out; the picture of the show is shown"));
        }
        if (number > MOST_FETCHED) {
          continue;
        }
      }
      Thumbnail thumbnail = at(place, place.location(), () -> bytes(place), problems);
      if (thumbnail != null) {
        return thumbnail;
      }
    }
    return null;
  }

  private interface Bytes {
    byte[] read() throws IOException;
  }

  private byte[] bytes(SourceRef place) throws IOException {
    if (place instanceof SourceRef.Remote remote) {
      return fetcher.fetchOnce(remote.address(), LIMITS);
    }
    try (InputStream in = place.open(fetcher)) {
      return in.readNBytes(ThumbnailMaker.MOST_BYTES + 1);
    }
  }

  private @Nullable Thumbnail embedded(Path recording, List<Problem> problems) {
    byte[] picture;
    try {
      picture = RecordingFile.picture(recording);
    } catch (IOException e) {
      // Where its length is read, it is told that the recording cannot be.
      return null;
    }
    return picture == null
        ? null
        : at(Thumbnail.digest(picture), recording.toString(), () -> picture, problems);
  }

  /**
   * The thumbnail of a picture.
   *
   * @param key what it is known by
   * @param location named in the problem if it cannot be shown
   */
  private @Nullable Thumbnail at(Object key, String location, Bytes bytes, List<Problem> problems) {
    if (known.size() > MOST_KNOWN) {
      known.clear();
    }
    boolean[] first = new boolean[1];
    Result result =
        known.computeIfAbsent(
            key,
            unknown -> {
              first[0] = true;
              return read(bytes);
            });
    if (result.failure() != null && first[0]) {
      problems.add(
          new Problem(
              Problem.Severity.WARNING,
              "artwork-unreadable",
              location,
              0,
              "the picture " + result.failure(),
              key instanceof SourceRef.Remote
                  ? "shown without it until something else of the episode changes"
                  : "shown without it; put a JPEG or PNG there"));
    }
    return result.thumbnail();
  }

  private static Result read(Bytes bytes) {
    byte[] picture;
    try {
      picture = bytes.read();
    } catch (IOException e) {
      return new Result(null, "cannot be had: " + e.getMessage());
    }
    try {
      synchronized (ONE_AT_A_TIME) {
        return new Result(ThumbnailMaker.of(picture), null);
      }
    } catch (IOException e) {
      return new Result(null, String.valueOf(e.getMessage()));
    }
  }
}
