package dev.earmark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earmark.search.Corpora;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Publishing from the command line: what it says. */
class PublishTest {
  @TempDir Path folder;

  @Test
  void aSiteIsWrittenAndWhatCannotBeIsSaidWithARemedy() throws IOException {
    Path index = folder.resolve("index");
    Path talk = Files.writeString(folder.resolve("talk.txt"), "Ada: The tide turns at noon.\n");
    Corpora.index(index, talk);
    Path site = folder.resolve("site");
    Ran ran = Ran.run("publish", site, "--index", index);
    assertThat(ran.status()).isZero();
    assertThat(ran.err())
        .contains("1 episode in ")
        .contains("no feeds and no sitemap")
        .contains("--base-url");
    assertThat(site.resolve("index.html")).exists();

    Ran wrong = Ran.run("publish", site, "--index", index, "--base-url", "example.org");
    assertThat(wrong.status()).isEqualTo(2);
    assertThat(wrong.err()).contains("--base-url").contains("got \"example.org\"");

    Ran below = Ran.run("publish", talk.resolve("site"), "--index", index);
    assertThat(below.status()).isEqualTo(1);
    assertThat(below.err()).contains("talk.txt").contains("choose a folder");

    Files.writeString(site.resolve("mine.txt"), "mine");
    Ran foreign = Ran.run("publish", site, "--index", index);
    assertThat(foreign.status()).isEqualTo(1);
    assertThat(foreign.err()).contains("mine.txt").contains("nothing was changed");
    assertThat(site.resolve("mine.txt")).hasContent("mine");

    Ran none = Ran.run("publish", folder.resolve("other"), "--index", folder.resolve("no-index"));
    assertThat(none.status()).isEqualTo(1);
    assertThat(none.err()).contains("no-index");
    assertThat(folder.resolve("other")).doesNotExist();
  }
}
