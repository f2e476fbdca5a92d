package dev.earmark.search.opensearch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earmark.index.EpisodeEntry;
import dev.earmark.model.Episode;
import dev.earmark.model.Media;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Entries of more episodes than are remembered. */
class EpisodeEntriesTest {
  private static EpisodeEntry entry(String id) {
    Episode episode =
        new Episode(id, id, null, null, null, null, List.of(), Media.NONE, List.of(), null);
    return new EpisodeEntry(episode, id, id, List.of(), Map.of());
  }

  private static Set<String> ids(int from, int to) {
    return new LinkedHashSet<>(IntStream.range(from, to).mapToObj(i -> "e" + i).toList());
  }

  private static Collection<EpisodeEntry> read(List<String> ids) {
    return ids.stream().map(EpisodeEntriesTest::entry).toList();
  }

  @Test
  void noneIsLostThatAnotherThreadPushesOut() {
    EpisodeEntries entries = new EpisodeEntries(2_000);
    Set<String> asked = ids(0, 4);
    assertThat(entries.of(asked, EpisodeEntriesTest::read).keySet()).isEqualTo(asked);
    Set<String> more = ids(2, 8);
    // Another search asks for others while this one reads what it does not know.
    assertThat(
            entries
                .of(
                    more,
                    unknown -> {
                      var unused = entries.of(ids(100, 200), EpisodeEntriesTest::read);
                      return read(unknown);
                    })
                .keySet())
        .isEqualTo(more);
  }

  @Test
  void whatIsKnownIsNotReadAgainAndWhatIsNotThereIsLeftOut() {
    EpisodeEntries entries = new EpisodeEntries(100_000);
    var unused = entries.of(ids(0, 3), EpisodeEntriesTest::read);
    List<String> read = new ArrayList<>();
    assertThat(
            entries
                .of(
                    ids(1, 5),
                    unknown -> {
                      read.addAll(unknown);
                      return read(unknown.subList(0, 1));
                    })
                .keySet())
        .containsExactly("e1", "e2", "e3");
    assertThat(read).containsExactly("e3", "e4");
  }
}
