package dev.earmark.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.earmark.align.Aligner;
import dev.earmark.corpus.Artworks;
import dev.earmark.corpus.CorpusScanner;
import dev.earmark.corpus.EpisodeDocument;
import dev.earmark.corpus.EpisodeInput;
import dev.earmark.corpus.EpisodeReader;
import dev.earmark.corpus.Fact;
import dev.earmark.corpus.Fetcher;
import dev.earmark.model.Problem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says what is wrong with sources, where, and what indexing would do about it. */
@Command(
    name = "lint",
    description = "Say what is wrong with the sources under PATHs; exit 1 if one cannot be read.",
    mixinStandardHelpOptions = true)
final class LintCommand implements Callable<Integer> {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  @Parameters(arity = "1..*", paramLabel = "PATH", description = "files, folders and feeds")
  private List<String> paths = new ArrayList<>();

  @Option(names = "--allow-private", description = Indexing.ALLOW_PRIVATE)
  private boolean allowPrivate;

  @Option(names = "--encoding", paramLabel = "NAME", description = Indexing.ENCODING)
  private @Nullable String encoding;

  @Option(names = "--json", description = "print one JSON line for each problem")
  private boolean json;

  @Option(
      names = "--no-facts",
      description = "do not list the facts of each episode and where they come from")
  private boolean noFacts;

  @Override
  public Integer call() throws IOException {
    try (Fetcher fetcher = Fetcher.forgetting(allowPrivate)) {
      CorpusScanner.Scan scan = CorpusScanner.scan(Indexing.locations(paths, encoding), fetcher);
      Map<String, Integer> counts = new TreeMap<>();
      boolean failed = report(scan.problems(), counts);
      Artworks artworks = new Artworks(fetcher);
      for (EpisodeInput input : scan.episodes()) {
        EpisodeDocument document = Aligner.align(EpisodeReader.read(input, fetcher));
        failed |= report(document.problems().stream().map(input::located).toList(), counts);
        failed |= report(artworks.of(input).problems(), counts);
        // Of what could not be read the problem says it all.
        boolean read = document.sources().stream().anyMatch(one -> !one.moments().isEmpty());
        if (!noFacts && read) {
          report(input.id(), document.facts());
        }
      }
      if (!json) {
        System.err.println(
            Count.of(scan.episodes().size(), "episode")
                + ", "
                + (counts.isEmpty() ? "no problems" : "problems: " + counts));
      }
      return failed ? Main.FAILED : 0;
    }
  }

  private void report(String episode, List<Fact> known) throws IOException {
    for (Fact fact : known) {
      if (json) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("episode", episode);
        line.put("fact", fact.name());
        line.put("value", fact.value());
        line.put("from", fact.from());
        System.out.println(MAPPER.writeValueAsString(line));
      } else {
        System.out.println(
            episode + ": " + fact.name() + ": " + fact.value() + " (from " + fact.from() + ")");
      }
    }
  }

  private boolean report(List<Problem> problems, Map<String, Integer> counts) throws IOException {
    boolean failed = false;
    for (Problem problem : problems) {
      counts.merge(problem.code(), 1, Integer::sum);
      failed |= problem.severity() == Problem.Severity.ERROR;
      if (json) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("severity", problem.severity().name().toLowerCase(java.util.Locale.ROOT));
        line.put("code", problem.code());
        line.put("source", problem.source());
        line.put("line", problem.line());
        line.put("message", problem.message());
        line.put("done", problem.remedy());
        System.out.println(MAPPER.writeValueAsString(line));
      } else {
        System.out.println(problem.describe());
      }
    }
    return failed;
  }
}
