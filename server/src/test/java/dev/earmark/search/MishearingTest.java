package dev.earmark.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earmark.search.lucene.LuceneSearchEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many misheard names are found, on a list of our own, among the talk of the seeds. */
class MishearingTest {
  /** A name and what a recogniser wrote for it. */
  private static final String[][] HEARD = {
    {"Vercel", "Verscell"},
    {"Teku", "Taku"},
    {"Kubernetes", "Cubernetis"},
    {"Redis", "Reddis"},
    {"Grafana", "Graphana"},
    {"Jupyter", "Jupiter"},
    {"Pydantic", "pedantic"},
    {"Prysm", "prism"},
    {"Erigon", "Aragon"},
    {"Nethermind", "nevermind"},
    {"Vitalik", "Vitalic"},
    {"Solana", "Salana"},
    {"Hettinger", "Hediger"},
    {"Ronacher", "Roneker"},
    {"Karpathy", "Carpathie"},
    {"Nakamoto", "Nacomoto"},
    {"Django", "Jango"},
    {"Deno", "Dino"},
    {"Qdrant", "quadrant"},
    {"Celestia", "Selestia"},
    {"Lodestar", "loadstar"},
    {"Nimbus", "Nimbis"},
    {"Svelte", "Svelt"},
    {"Figma", "Phigma"},
    {"Zappa", "Zapper"},
    {"Kaczynski", "Kazinsky"},
    {"Nguyen", "Nuyen"},
    {"Xavier", "Zavier"},
    {"Chaum", "Chowm"},
    {"Szabo", "Zabo"},
    {"Buterin", "Butyrin"},
    {"Satoshi", "Satochi"},
    {"TypeScript", "type script"},
    {"Eigenlayer", "eigen layer"},
    {"Lighthouse", "light house"},
    {"Wireguard", "wire guard"},
  };

  @TempDir Path folder;

  @Test
  void mostAreAmongTheFirstTen() throws IOException {
    Path corpus = Files.createDirectories(folder.resolve("corpus"));
    StringBuilder talk = new StringBuilder("WEBVTT\nLanguage: en\n");
    for (int i = 0; i < HEARD.length; i++) {
      talk.append("\n00:%02d:00.000 --> 00:%02d:09.000\n".formatted(i, i))
          .append("<v Ann>And then there is ")
          .append(HEARD[i][1])
          .append(" which we will come to.\n");
    }
    Files.writeString(corpus.resolve("names.vtt"), talk);
    Path index = folder.resolve("index");
    Corpora.index(index, corpus, Corpora.SEEDS);
    int first = 0;
    int amongTen = 0;
    List<String> missed = new ArrayList<>();
    try (LuceneSearchEngine engine = LuceneSearchEngine.open(index)) {
      for (String[] pair : HEARD) {
        List<Hit> hits = engine.search(SearchRequest.of(pair[0]).withLimit(10)).hits();
        int rank = 0;
        while (rank < hits.size() && !isFoundAs(hits.get(rank), pair[1])) {
          rank++;
        }
        first += rank == 0 && !hits.isEmpty() ? 1 : 0;
        if (rank < hits.size()) {
          amongTen++;
        } else {
          missed.add(pair[0] + " as " + pair[1]);
        }
      }
    }
    String figures = "first " + first + ", among ten " + amongTen + " of " + HEARD.length;
    assertThat(amongTen).as(figures + "; missed " + missed).isGreaterThanOrEqualTo(34);
    assertThat(first).as(figures).isGreaterThanOrEqualTo(32);
  }

  private static boolean isFoundAs(Hit hit, String heard) {
    return hit.matches().stream().anyMatch(match -> match.text().equalsIgnoreCase(heard));
  }
}
