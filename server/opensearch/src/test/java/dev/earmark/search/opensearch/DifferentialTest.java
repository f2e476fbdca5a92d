package dev.earmark.search.opensearch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earmark.cluster.ClusterCorpus;
import dev.earmark.cluster.OpenSearchCluster;
import dev.earmark.index.EpisodeEntry;
import dev.earmark.query.QueryParser;
import dev.earmark.search.Corpora;
import dev.earmark.search.Hit;
import dev.earmark.search.MadeTalks;
import dev.earmark.search.RandomSpeech;
import dev.earmark.search.SearchEngine;
import dev.earmark.search.SearchPage;
import dev.earmark.search.SearchRequest;
import dev.earmark.search.SearchRequest.Sort;
import dev.earmark.search.Trend;
import dev.earmark.search.lucene.LuceneSearchEngine;
import dev.earmark.text.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A cluster answers as the embedded engine does, whatever is said and asked: the same totals, the
 * same moments at the same times, the same facets, in an order of its own. The nightly run takes a
 * new seed; run a failure again with {@code -Dseed=…}.
 */
@Tag("cluster")
class DifferentialTest {
  private static final int QUERIES = 30;
  private static final long SEED = 20_261_122;

  @TempDir Path folder;

  @RepeatedTest(3)
  void answersAsTheEmbeddedEngineDoes(RepetitionInfo repetition) throws IOException {
    long seed = Long.getLong("seed", SEED + repetition.getCurrentRepetition());
    Random random = new Random(seed);
    RandomSpeech speech = new RandomSpeech(random);
    Path corpus = Files.createDirectories(folder.resolve("corpus"));
    ClusterCorpus inCluster = ClusterCorpus.in(OpenSearchCluster.shared());
    int episodes = 1 + random.nextInt(6);
    for (int i = 0; i < episodes; i++) {
      Files.writeString(corpus.resolve("episode" + i + ".vtt"), speech.transcript());
      Files.writeString(
          corpus.resolve("episode" + i + ".yaml"),
          (random.nextInt(4) == 0 ? "" : "date: 2025-0" + (1 + random.nextInt(3)) + "-07\n")
              + "show: "
              + (random.nextBoolean() ? "Run" : "Model")
              + "\ntitle: About "
              + speech.word()
              + (i % 2 == 0 ? "" : "\nheard: {Pineapple: [apple banana, data banana]}")
              + "\n");
      // One after the other, so that ties are in the order of the ids.
      Corpora.index(folder.resolve("index"), corpus);
    }
    inCluster.index(corpus);
    compare(inCluster, seed, random, speech::query);
  }

  @Test
  void answersAsTheEmbeddedEngineDoesOnTalksMadeOfTheSeeds() throws IOException {
    long seed = Long.getLong("seed", SEED);
    Path made = folder.resolve("made");
    new MadeTalks(seed).write(made, "Made", 4, 6_000);
    answersAsTheEmbeddedEngineDoesOn(made, seed);
  }

  @Test
  void answersAsTheEmbeddedEngineDoesOnRealTalks() throws IOException {
    Path all = Corpora.SHARED.resolve("corpora/talkpython");
    Assumptions.assumeTrue(
        Files.isDirectory(all),
        () ->
            "that a cluster answers of real talks as the embedded engine does ("
                + all
                + " is not there; talks made of the seeds were asked)");
    answersAsTheEmbeddedEngineDoesOn(all, Long.getLong("seed", SEED));
  }

  private void answersAsTheEmbeddedEngineDoesOn(Path all, long seed) throws IOException {
    Random random = new Random(seed);
    Path corpus = Files.createDirectories(folder.resolve("corpus"));
    List<Path> files;
    try (Stream<Path> list = Files.list(all)) {
      files = new ArrayList<>(list.filter(f -> f.toString().endsWith(".vtt")).sorted().toList());
    }
    java.util.Collections.shuffle(files, random);
    List<String> said = new ArrayList<>();
    for (Path file : files.subList(0, Math.min(4, files.size())).stream().sorted().toList()) {
      Path copy = corpus.resolve(file.getFileName());
      Files.copy(file, copy);
      Corpora.index(folder.resolve("index"), corpus);
    }
    try (LuceneSearchEngine embedded = LuceneSearchEngine.open(folder.resolve("index"))) {
      for (EpisodeEntry entry : embedded.episodes()) {
        embedded
            .moments(entry.episode().id())
            .forEach(one -> said.addAll(List.of(Words.of(one.moment().text()).folded())));
      }
    }
    ClusterCorpus inCluster = ClusterCorpus.in(OpenSearchCluster.shared());
    inCluster.index(corpus);
    compare(
        inCluster,
        seed,
        random,
        () -> {
          int from = random.nextInt(said.size() - 40);
          int length = 1 + random.nextInt(random.nextInt(8) == 0 ? 32 : 5);
          String row = String.join(" ", said.subList(from, from + length));
          return switch (random.nextInt(4)) {
            case 0 -> '"' + row + '"';
            case 1 -> "what do they say about " + row;
            case 2 -> '"' + row + "\"~3";
            default -> row;
          };
        });
  }

  private interface Queries {
    String next();
  }

  private void compare(ClusterCorpus inCluster, long seed, Random random, Queries queries)
      throws IOException {
    try (LuceneSearchEngine embedded = LuceneSearchEngine.open(folder.resolve("index"));
        OpenSearchEngine cluster =
            OpenSearchEngine.open(inCluster.settings(), Duration.ofSeconds(60))) {
      List<EpisodeEntry> episodes = embedded.episodes();
      for (int i = 0; i < QUERIES; i++) {
        String query = queries.next();
        SearchRequest request =
            SearchRequest.of(query)
                .withLimit(SearchRequest.MOST_HITS)
                .withSort(
                    random.nextInt(3) > 0
                        ? Sort.RELEVANCE
                        : Sort.values()[random.nextInt(Sort.values().length)]);
        if (random.nextInt(3) == 0) {
          request =
              request.withFilter(
                  "speaker", RandomSpeech.SPEAKERS.get(random.nextInt(3)).toLowerCase());
        }
        if (random.nextInt(4) == 0) {
          request = request.withFilter("show", "Run");
        }
        if (random.nextInt(5) == 0) {
          request = request.groupedByEpisode();
        }
        String what = "seed " + seed + ": " + query + " " + request;
        try {
          same(embedded, cluster, request);
          String id = episodes.get(random.nextInt(episodes.size())).episode().id();
          assertThat(cluster.matches(id, QueryParser.parse(query)))
              .as("in " + id)
              .isEqualTo(embedded.matches(id, QueryParser.parse(query)));
          assertThat(cluster.outlines(request, List.of(id)))
              .isEqualTo(embedded.outlines(request, List.of(id)));
          Trend.By by = Trend.By.values()[random.nextInt(3)];
          if (Words.of(query).count() <= 20) {
            Trend trend = cluster.trend(query, by);
            Trend model = embedded.trend(query, by);
            assertThat(trend.points()).isEqualTo(model.points());
            assertThat(trend.count()).isEqualTo(model.count());
            assertThat(trend.unplaced()).isEqualTo(model.unplaced());
            assertThat(trend.first()).isEqualTo(model.first());
          }
        } catch (AssertionError | RuntimeException e) {
          throw new AssertionError(what, e);
        }
      }
      for (String speaker : RandomSpeech.SPEAKERS) {
        assertThat(cluster.speaker(speaker).map(one -> one.typical()))
            .as("seed " + seed)
            .isEqualTo(embedded.speaker(speaker).map(one -> one.typical()));
      }
      assertThat(cluster.show("run")).as("seed " + seed).isEqualTo(embedded.show("run"));
    }
  }

  private static void same(SearchEngine embedded, SearchEngine cluster, SearchRequest request)
      throws IOException {
    SearchPage page = cluster.search(request);
    SearchPage model = embedded.search(request);
    assertThat(page.total()).as("total").isEqualTo(model.total());
    assertThat(page.nearTotal()).as("near").isEqualTo(model.nearTotal());
    assertThat(page.looserTotal()).as("looser").isEqualTo(model.looserTotal());
    assertThat(page.notUnderstood()).isEqualTo(model.notUnderstood());
    assertThat(page.didYouMean()).isEqualTo(model.didYouMean());
    assertThat(page.facets()).as("facets").isEqualTo(model.facets());
    assertThat(page.facetSizes()).as("facets").isEqualTo(model.facetSizes());
    assertThat(page.episodes()).isEqualTo(model.episodes());
    assertThat(all(cluster, request)).as("hits").isEqualTo(all(embedded, request));
  }

  /** All hits of a search with all that is shown of them, or its episodes: the order is its own. */
  static List<String> all(SearchEngine engine, SearchRequest request) throws IOException {
    List<String> lines = new ArrayList<>();
    SearchPage page = engine.search(request);
    while (true) {
      page.hits().forEach(hit -> lines.add(line(hit)));
      page.groups().forEach(group -> lines.add(group.episode().id() + " " + group.total()));
      if (page.next() == null) {
        lines.sort(Comparator.naturalOrder());
        return lines;
      }
      page = engine.search(request.withCursor(page.next()));
    }
  }

  private static String line(Hit hit) {
    return hit.moment().id()
        + " "
        + hit.why()
        + " "
        + hit.atMs()
        + " "
        + hit.matches()
        + " "
        + hit.snippet()
        + " "
        + hit.further();
  }
}
