package dev.earmark.cli;

import dev.earmark.publish.Site;
import dev.earmark.search.SearchEngine;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Publishes an index as a static site. */
@Command(
    name = "publish",
    description =
        "Write the pages of an index to DIR as plain files for any host, with a search that runs in"
            + " the browser. A site that is there is replaced as a whole; a folder with other files"
            + " is refused.",
    mixinStandardHelpOptions = true)
final class PublishCommand implements Callable<Integer> {
  @Parameters(paramLabel = "DIR", description = "folder of the site")
  private Path folder = Path.of("");

  @Option(
      names = "--base-url",
      paramLabel = "URL",
      description =
          "where the site will be, such as https://example.org/talks/; feeds, the sitemap and"
              + " canonical links need it and are left out without it")
  private @Nullable String baseUrl;

  @Option(
      names = "--media",
      paramLabel = "WHAT",
      description =
          "recordings on this machine: ${COMPLETION-CANDIDATES} (hard links); default:"
              + " ${DEFAULT-VALUE}; recordings on the web are linked in any case")
  private Site.LocalMedia media = Site.LocalMedia.NONE;

  @Mixin private IndexOptions index = new IndexOptions();

  @Override
  public Integer call() throws IOException {
    String base = base(baseUrl);
    long start = System.nanoTime();
    try (SearchEngine engine = index.required().openForReading()) {
      Site.Summary summary = Site.publish(engine, folder, base, media);
      System.err.printf(
          "%s in %s, %.1f MB, of which the search has %.1f MB; %.1f s%n",
          Count.of(summary.episodes(), "episode"),
          Count.of(summary.files(), "file"),
          summary.bytes() / 1e6,
          summary.indexBytes() / 1e6,
          (System.nanoTime() - start) / 1e9);
      if (base == null) {
        System.err.println(
            "no feeds and no sitemap: they need whole addresses; say where the site will be with"
                + " --base-url");
      }
    }
    return 0;
  }

  private static @Nullable String base(@Nullable String given) {
    if (given == null) {
      return null;
    }
    try {
      URI address = URI.create(given);
      String scheme = String.valueOf(address.getScheme());
      if (address.getHost() != null
          && (scheme.equals("http") || scheme.equals("https"))
          && address.getQuery() == null
          && address.getFragment() == null) {
        return address.toASCIIString();
      }
    } catch (IllegalArgumentException e) {
      // Said below.
    }
    throw new CommandFailedException(
        Main.WRONG_USAGE,
        "--base-url must be an address such as https://example.org/talks/, got \"" + given + "\"");
  }
}
