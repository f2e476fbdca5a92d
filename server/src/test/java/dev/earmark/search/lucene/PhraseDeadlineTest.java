package dev.earmark.search.lucene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earmark.index.lucene.LuceneIndex;
import dev.earmark.schema.Schema;
import dev.earmark.search.Corpora;
import dev.earmark.search.rank.RankingModel;
import dev.earmark.search.spoken.Deadline;
import dev.earmark.search.spoken.SpokenQuery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.search.Query;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What reads words that are said very often ends when time is up, also amid an episode. */
class PhraseDeadlineTest {
  private static final int CUES = 10_000;

  @TempDir Path folder;

  @Test
  void lookingEndsAmidAnEpisode() throws IOException {
    StringBuilder captions = new StringBuilder("WEBVTT\n");
    for (int cue = 0; cue < CUES; cue++) {
      String second = "%d:%02d:%02d".formatted(cue / 3600, cue / 60 % 60, cue % 60);
      captions.append(
          "\n0%s.000 --> 0%s.900\nalpha beta alpha gamma alpha %d\n"
              .formatted(second, second, 7 * cue));
    }
    Path corpus = Files.createDirectories(folder.resolve("corpus"));
    Files.writeString(corpus.resolve("talk.vtt"), captions);
    Path index = folder.resolve("index");
    Corpora.index(index, corpus);
    try (Directory directory = FSDirectory.open(index)) {
      Snapshot snapshot = new Snapshot(LuceneIndex.open(directory, index), RankingModel.DEFAULT);
      for (List<String> words : List.of(List.of("gamma", "alpha"), List.of("alpha", "beta"))) {
        for (int slop : new int[] {0, 3}) {
          assertEndsEarly(snapshot, new SpokenQuery.Row(words, slop));
        }
      }
      List<SpokenQuery> parts = new ArrayList<>();
      for (String word : List.of("alpha", "beta", "gamma")) {
        parts.add(new SpokenQuery.Term(Schema.TEXT_FIELD, word));
      }
      for (boolean around : new boolean[] {false, true}) {
        assertEndsEarly(snapshot, new SpokenQuery.Together(parts, List.of(1, 1, 1), 2, 10, around));
      }
      snapshot.reader().close();
    }
  }

  /**
   * Alone it throws, so that nobody takes a part for the whole and remembers it; in a search what
   * was found until then is the answer.
   */
  private static void assertEndsEarly(Snapshot snapshot, SpokenQuery query) throws IOException {
    Query whole = QueryTranslator.translate(query, Deadline.NONE);
    Query late = QueryTranslator.translate(query, Deadline.in(Duration.ofNanos(1)));
    assertThatThrownBy(() -> snapshot.searcher().count(late))
        .as("%s", query)
        .isInstanceOf(Deadline.PassedException.class);
    assertThat(snapshot.searcher().count(new DeadlineQuery(late, Deadline.NONE)))
        .as("%s", query)
        .isLessThan(snapshot.searcher().count(whole));
  }
}
