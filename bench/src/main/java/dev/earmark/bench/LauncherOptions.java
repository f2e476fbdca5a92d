package dev.earmark.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which launcher to run, and on which index. */
final class LauncherOptions {
  @Option(
      names = "--launcher",
      paramLabel = "FILE",
      defaultValue = "${env:EARMARK_LAUNCHER:-./earmark}",
      description = "The launcher to run (default: ${DEFAULT-VALUE}).")
  private Path launcher = Path.of("./earmark");

  @Option(
      names = "--index",
      paramLabel = "DIR",
      description = "An index that is there already; it is only read.")
  private @Nullable Path index;

  @Option(
      names = "--moments",
      paramLabel = "N",
      description = "Index generated episodes with about so many moments.")
  private long moments;

  Launcher launcher(BenchOptions options) {
    if (!Files.isExecutable(launcher)) {
      throw options.wrong("there is no launcher " + launcher + "; name it with --launcher FILE");
    }
    return new Launcher(launcher.toAbsolutePath());
  }

  /** The index to run on: the one named, or one that is made now. */
  Path index(BenchOptions options, CorpusOptions corpus, Workspace workspace) throws IOException {
    if (index != null) {
      return index;
    }
    Path input = moments > 0 ? workspace.folder("episodes") : corpus.folder(options);
    if (moments > 0) {
      options.say("making episodes");
      var unused = CorpusOptions.generate(corpus.maker(options), input, moments);
    }
    options.say("indexing");
    Path made = Indexes.in(workspace).earmark();
    var unused = Searches.index(made, List.of(input));
    return made;
  }
}
