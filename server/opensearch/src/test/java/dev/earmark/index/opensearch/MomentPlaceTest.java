package dev.earmark.index.opensearch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earmark.model.Anchor;
import dev.earmark.model.Episode;
import dev.earmark.model.Kind;
import dev.earmark.model.Media;
import dev.earmark.model.Moment;
import dev.earmark.model.TimeSpan;
import dev.earmark.schema.Evidence;
import dev.earmark.schema.IndexedMoment;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Places are read as they were written, and sort as moments do. */
class MomentPlaceTest {
  private static IndexedMoment moment(String episode, int ordinal, @Nullable Long startMs) {
    Episode of =
        new Episode(episode, "E", null, null, null, "en", List.of(), Media.NONE, List.of(), null);
    Anchor anchor =
        startMs == null ? Anchor.unplaced() : Anchor.exact(TimeSpan.ofMillis(startMs, startMs));
    Moment moment = Moment.builder(Kind.SEGMENT, "said").anchor(anchor).build();
    return new IndexedMoment(of, "s", "vtt", "en", ordinal, 7_000_000_000L, moment);
  }

  @Test
  void isReadAsItWasWritten() {
    for (String episode : List.of("talk", "a talk 12\t-", "пример", "\uD83C\uDF0A")) {
      IndexedMoment unplaced = moment(episode, 0, null);
      assertThat(MomentPlace.read(MomentPlace.of(unplaced, 3)))
          .isEqualTo(
              new MomentPlace(episode, 0, 7_000_000_000L, 3, null, Evidence.of(unplaced).code()));
      IndexedMoment last = moment(episode, Integer.MAX_VALUE, 36_000_000L);
      assertThat(MomentPlace.read(MomentPlace.of(last, 0)))
          .isEqualTo(
              new MomentPlace(
                  episode,
                  Integer.MAX_VALUE,
                  7_000_000_000L,
                  0,
                  36_000_000L,
                  Evidence.of(last).code()));
    }
  }

  @Test
  void sortsByEpisodesAndTheirMoments() {
    List<String> inOrder =
        List.of(
            MomentPlace.of(moment("talk", 2, 0L), 9),
            MomentPlace.of(moment("talk", 10, null), 1),
            MomentPlace.of(moment("talk 1", 0, 5L), 1),
            MomentPlace.of(moment("talk-1", 0, 5L), 1));
    assertThat(inOrder).isSorted();
  }
}
