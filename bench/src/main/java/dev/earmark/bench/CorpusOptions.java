package dev.earmark.bench;

import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which transcripts to measure on, or to make more of. */
final class CorpusOptions {
  /** How many words a moment has, on the mean of generated captions. */
  private static final int WORDS_A_MOMENT = 44;

  @Option(
      names = "--corpus",
      defaultValue = "talkpython",
      description = "The folder within the corpora to take (default: ${DEFAULT-VALUE}).")
  private String corpus = "talkpython";

  String name() {
    return corpus;
  }

  /** The transcripts themselves. */
  Path folder(BenchOptions options) throws IOException {
    return options.corpora().resolve(corpus);
  }

  /** Makes episodes of the transcripts, or of nothing if they are not there. */
  EpisodeMaker maker(BenchOptions options) throws IOException {
    return EpisodeMaker.of(options.corporaIfThere().resolve(corpus));
  }

  /**
   * Writes episodes for about so many moments.
   *
   * @return how many episodes
   */
  static int generate(EpisodeMaker maker, Path into, long moments) throws IOException {
    return maker.write(into, moments * WORDS_A_MOMENT);
  }
}
