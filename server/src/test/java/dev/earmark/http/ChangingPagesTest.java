package dev.earmark.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earmark.page.WebSources;
import dev.earmark.search.Corpora;
import dev.earmark.search.lucene.LuceneSearchEngine;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./earmark serve --dev}: what is changed in the checkout is on the next page. */
class ChangingPagesTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Pattern STYLE = Pattern.compile("href=\"(/assets/earmark\\.css\\?v=[^\"]+)");

  @TempDir Path folder;

  private Path copyOfTheSources() throws IOException {
    Path sources = Corpora.ROOT.resolve("web/src/main");
    Path copy = folder.resolve("web");
    try (Stream<Path> all = Files.walk(sources)) {
      for (Path file : all.toList()) {
        Path to = copy.resolve(sources.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(to);
        } else {
          Files.copy(file, to);
        }
      }
    }
    return copy;
  }

  private static String get(EarmarkServer server, String path) throws Exception {
    HttpResponse<String> answer =
        CLIENT.send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path)).build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(path).isEqualTo(200);
    return answer.body();
  }

  private static String style(String page) {
    Matcher style = STYLE.matcher(page);
    assertThat(style.find()).as(page).isTrue();
    return style.group(1);
  }

  private static void replace(Path file, String old, String now) throws IOException {
    String text = Files.readString(file);
    assertThat(text).contains(old);
    Files.writeString(file, text.replace(old, now));
  }

  @Test
  void aChangedTemplateOrStyleIsOnTheNextPage() throws Exception {
    Path web = copyOfTheSources();
    Path index = folder.resolve("index");
    Corpora.index(index, Corpora.SEEDS);
    ServerSettings settings =
        new ServerSettings(
            "127.0.0.1",
            0,
            0,
            false,
            ServerSettings.RequestLogging.NONE,
            null,
            Duration.ofSeconds(15),
            Optional::empty,
            WebSources.in(web));
    try (LuceneSearchEngine engine = LuceneSearchEngine.open(index);
        EarmarkServer changing = EarmarkServer.start(engine, settings);
        EarmarkServer usual = EarmarkServer.start(engine, 0)) {
      String search = "/?q=geniuses";
      String before = get(changing, search);
      String episode = "/e/dario-amodei-2026";
      assertThat(get(changing, episode))
          .as("the page that the build makes")
          .isEqualTo(
              get(usual, episode)
                  .replace(":" + usual.port(), ":" + changing.port())
                  .replace("%3A" + usual.port(), "%3A" + changing.port()));

      Path css = web.resolve("resources/earmark/earmark.css");
      Files.writeString(css, Files.readString(css) + "\n.lamp { color: green; }\n");
      String restyled = get(changing, search);
      assertThat(style(restyled)).isNotEqualTo(style(before));
      assertThat(get(changing, style(restyled))).contains(".lamp { color: green; }");

      // One that others include, and that page is asked for again.
      replace(web.resolve("jte/layout.jte"), "</footer>", "<p>The lamp is lit.</p></footer>");
      assertThat(get(changing, search)).contains("<p>The lamp is lit.</p></footer>");
      assertThat(get(usual, search)).doesNotContain("The lamp is lit.");

      replace(web.resolve("jte/layout.jte"), "The lamp is lit.", "${frame.nothing()}");
      assertThat(get(changing, search))
          .contains("A template is broken")
          .contains("layout.jte")
          .contains("nothing()");
      replace(web.resolve("jte/layout.jte"), "${frame.nothing()}", "Mended.");
      assertThat(get(changing, search)).contains("<p>Mended.</p></footer>");
    }
  }

  @Test
  void aFolderWithoutTemplatesIsNamed() {
    assertThatThrownBy(() -> WebSources.in(folder))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("there are no templates and styles in " + folder);
  }
}
