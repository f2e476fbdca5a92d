package dev.earmark.cli;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.earmark.index.IndexSummary;
import dev.earmark.index.Indexer;
import dev.earmark.index.IndexingProgress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Brings an index up to date with some paths. */
@Command(
    name = "index",
    description = "Index what is new or has changed under PATHs.",
    mixinStandardHelpOptions = true)
final class IndexCommand implements Callable<Integer> {
  @Parameters(
      arity = "1..*",
      paramLabel = "PATH",
      description = "files, folders, RSS files and addresses of feeds")
  private List<String> paths = new ArrayList<>();

  @Mixin private IndexOptions index = new IndexOptions();

  @Mixin private MeaningOptions meanings = new MeaningOptions();

  @Option(names = "--shards", paramLabel = "N", description = IndexOptions.SHARDS)
  private @Nullable Integer shards;

  @Option(
      names = "--prune",
      description = "remove episodes whose files are deleted or which their feed no longer lists")
  private boolean prune;

  @Option(names = "--yes", description = "let --prune remove more than half of the episodes")
  private boolean yes;

  @Option(names = "--allow-private", description = Indexing.ALLOW_PRIVATE)
  private boolean allowPrivate;

  @Option(
      names = "--json",
      description = "print the summary as JSON, and progress as JSON on standard error")
  private boolean json;

  @Option(names = "--encoding", paramLabel = "NAME", description = Indexing.ENCODING)
  private @Nullable String encoding;

  @Option(names = "--strict", description = "exit 1 if any source could not be read")
  private boolean strict;

  @Override
  public Integer call() throws IOException {
    Indexer.Prune pruning =
        !prune ? Indexer.Prune.KEEP : yes ? Indexer.Prune.ALL : Indexer.Prune.UP_TO_HALF;
    IndexPlace place = index.required(shards);
    ProgressPrinter.Form form = json ? ProgressPrinter.Form.JSON : ProgressPrinter.Form.forPeople();
    Meaning meaning = meanings.of(place, System.err);
    IndexSummary summary =
        Indexing.run(
            Indexing.locations(paths, encoding),
            place,
            pruning,
            allowPrivate,
            new IndexingProgress(),
            form,
            meaning,
            System.err);
    Indexing.makeVectors(meaning, form, System.err);
    if (json) {
      JsonMapper mapper = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
      System.out.println(mapper.writeValueAsString(summary));
    } else {
      Indexing.print(summary, System.err);
    }
    boolean nothing = summary.added() + summary.changed() + summary.unchanged() == 0;
    return (nothing && summary.failed() > 0) || (strict && summary.failed() > 0) ? Main.FAILED : 0;
  }
}
