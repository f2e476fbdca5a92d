package dev.earmark.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earmark.search.Corpora;
import dev.earmark.search.lucene.LuceneSearchEngine;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of a published site: complete, the same each time, and nobody else's touched. */
class SiteTest {
  private static final String BASE = "https://example.org/talks/";
  private static final Pattern WHOLE = Pattern.compile(Pattern.quote(BASE) + "[^\"<\\s]*");

  @TempDir static Path folder;
  private static Path index;
  private static Path site;

  @BeforeAll
  static void publish() throws IOException {
    index = folder.resolve("index");
    SiteCorpus.write(folder.resolve("corpus"));
    Corpora.index(index, Corpora.SEEDS, folder.resolve("corpus"));
    site = folder.resolve("site");
    publish(site, BASE, Site.LocalMedia.NONE);
  }

  private static Site.Summary publish(Path to, String base, Site.LocalMedia media)
      throws IOException {
    try (LuceneSearchEngine engine = LuceneSearchEngine.open(index)) {
      return Site.publish(engine, to, base, media);
    }
  }

  private static Map<String, byte[]> files(Path of) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(of)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files.put(of.relativize(file).toString(), Files.readAllBytes(file));
      }
    }
    return files;
  }

  @Test
  void noLinkIsDead() throws IOException {
    List<String> dead = new ArrayList<>();
    int links = 0;
    for (String name : files(site).keySet()) {
      if (name.endsWith(".html")) {
        links += check(name, dead);
      }
    }
    assertThat(dead).isEmpty();
    assertThat(links).isGreaterThan(1_000);
  }

  private static int check(String name, List<String> dead) throws IOException {
    Document page = Jsoup.parse(Files.readString(site.resolve(name)));
    int links = 0;
    for (Element element : page.getAllElements()) {
      for (var attribute : element.attributes()) {
        String key = attribute.getKey();
        String value = attribute.getValue();
        if (value.matches("/[a-z?].*")) {
          dead.add(name + ": an address of a server in " + key + "=" + value);
        }
        boolean address =
            List.of(
                    "href",
                    "xlink:href",
                    "src",
                    "action",
                    "data-link",
                    "data-copy",
                    "data-path",
                    "data-artwork")
                .contains(key);
        boolean none = value.isEmpty() || value.startsWith("#") || value.equals("here");
        if (none || (!address && !key.equals("data-source"))) {
          continue;
        }
        links++;
        if (!isThere(name, value)) {
          dead.add(name + ": " + key + "=" + value);
        }
      }
    }
    return links;
  }

  /** Whether an address in a page leads to a file of the site, or elsewhere on the web. */
  private static boolean isThere(String page, String address) throws IOException {
    if (address.startsWith(BASE)) {
      return isThere("index.html", "./" + address.substring(BASE.length()));
    }
    if (address.startsWith("https://") || address.startsWith("http://")) {
      return !address.contains("site.invalid");
    }
    URI target = URI.create("https://x/" + page).resolve(address);
    String path = URLDecoder.decode(target.getRawPath().substring(1), StandardCharsets.UTF_8);
    Path file = site.resolve(path.isEmpty() ? "index.html" : path);
    String fragment = target.getFragment();
    return !address.startsWith("/")
        && Files.isRegularFile(file)
        && (fragment == null
            || Jsoup.parse(Files.readString(file)).getElementById(fragment) != null);
  }

  @Test
  void wholeAddressesOfMapsFeedsAndLinkedDataLeadToFiles() throws IOException {
    int found = 0;
    for (Map.Entry<String, byte[]> file : files(site).entrySet()) {
      String text = new String(file.getValue(), StandardCharsets.UTF_8);
      assertThat(text).as(file.getKey()).doesNotContain("site.invalid");
      Matcher whole = WHOLE.matcher(text);
      while (whole.find() && !file.getKey().endsWith(".js")) {
        String address = whole.group().replace("&amp;", "&");
        // Two are templates for who fills them in.
        if (!address.contains("{")) {
          assertThat(isThere("index.html", address)).as(file.getKey() + ": " + address).isTrue();
          found++;
        }
      }
    }
    assertThat(found).isGreaterThan(200);
    assertThat(site.resolve("sitemap.xml"))
        .content()
        .contains("<loc>" + BASE + "e/brass-tides.html</loc>");
    assertThat(site.resolve("feed.xml")).content().contains("<rss");
    assertThat(site.resolve("e/brass-tides.html"))
        .content()
        .contains("rel=\"canonical\" href=\"" + BASE + "e/brass-tides.html\"")
        .contains("\"SeekToAction\"");
  }

  @Test
  void theSameIndexGivesTheSameBytes() throws IOException {
    Path again = folder.resolve("again");
    publish(again, BASE, Site.LocalMedia.NONE);
    Map<String, byte[]> one = files(site);
    Map<String, byte[]> other = files(again);
    assertThat(other.keySet()).isEqualTo(one.keySet());
    one.forEach((name, bytes) -> assertThat(other.get(name)).as(name).isEqualTo(bytes));
  }

  @Test
  void aSecondRunRemovesWhatIsGone() throws IOException {
    Path place = folder.resolve("second");
    publish(place, BASE, Site.LocalMedia.NONE);
    assertThat(place.resolve("sitemap.xml")).exists();
    publish(place, null, Site.LocalMedia.NONE);
    assertThat(place.resolve("sitemap.xml")).doesNotExist();
    assertThat(place.resolve("feeds")).doesNotExist();
    assertThat(place.resolve("e/brass-tides.html")).content().doesNotContain("rel=\"canonical\"");
    try (Stream<Path> beside = Files.list(folder)) {
      assertThat(beside.map(path -> path.getFileName().toString()))
          .noneMatch(name -> name.startsWith(".second"));
    }
  }

  @Test
  void aFolderWithFilesOfOthersIsRefusedAndLeftAsItIs() throws IOException {
    Path place = folder.resolve("others");
    publish(place, null, Site.LocalMedia.NONE);
    Files.writeString(place.resolve("CNAME"), "talks.example.org");
    Map<String, byte[]> before = files(place);
    assertThatThrownBy(() -> publish(place, null, Site.LocalMedia.NONE))
        .isInstanceOf(PublishException.class)
        .hasMessageContaining("did not write: CNAME")
        .hasMessageContaining("choose another folder");
    assertThat(files(place).keySet()).isEqualTo(before.keySet());
    Path file = Files.writeString(folder.resolve("a-file"), "x");
    assertThatThrownBy(() -> publish(file, null, Site.LocalMedia.NONE))
        .hasMessageContaining("is a file");
  }

  @Test
  void whatARunLeftThatWasCutOffIsPutRight() throws IOException {
    Path place = folder.resolve("cut");
    publish(place, null, Site.LocalMedia.NONE);
    // Cut off between the two moves: the old site is aside, the new one half written.
    Files.move(place, folder.resolve(".cut.before"));
    Files.createDirectories(folder.resolve(".cut.publishing/e"));
    Files.writeString(folder.resolve(".cut.publishing").resolve(SiteFolder.LIST), "");
    publish(place, null, Site.LocalMedia.NONE);
    assertThat(place.resolve("index.html")).exists();
    assertThat(folder.resolve(".cut.before")).doesNotExist();
    assertThat(folder.resolve(".cut.publishing")).doesNotExist();
  }

  @Test
  void recordingsOfThisMachineComeAlongIfAskedFor() throws IOException {
    assertThat(site.resolve("media")).doesNotExist();
    assertThat(Jsoup.parse(Files.readString(site.resolve("e/brass-tides.html"))).select("audio"))
        .isEmpty();
    Path with = folder.resolve("with-media");
    publish(with, BASE, Site.LocalMedia.COPY);
    assertThat(with.resolve("media/brass-tides-audio.wav"))
        .hasSameBinaryContentAs(SiteCorpus.tone(folder));
    Document page = Jsoup.parse(Files.readString(with.resolve("e/brass-tides.html")));
    assertThat(page.select("audio").attr("src")).isEqualTo("../media/brass-tides-audio.wav");
    Path feed = with.resolve("feeds/speaker-" + SiteAddresses.fileName("Tomas Okell") + ".xml");
    assertThat(Files.readString(feed).contains("url=\"" + BASE + "media/brass-tides-audio.wav#t="))
        .as("the enclosure is in the site")
        .isTrue();
  }

  @Test
  void transcriptsAreFiles() throws IOException {
    assertThat(site.resolve("e/brass-tides.vtt")).content().startsWith("WEBVTT").contains("brass");
    assertThat(site.resolve("e/brass-tides.chapters.json"))
        .content()
        .contains("A harbour is a list");
    assertThat(
            Jsoup.parse(Files.readString(site.resolve("e/brass-tides.html")))
                .select(".downloads a"))
        .extracting(link -> link.attr("href"))
        .contains(
            "brass-tides.vtt", "brass-tides.srt", "brass-tides.txt", "brass-tides.chapters.json");
  }

  @Test
  void namesOfFilesAreThoseOfEverySystem() {
    assertThat(SiteAddresses.fileName("tides-42")).isEqualTo("tides-42");
    assertThat(SiteAddresses.fileName("Dario Amodei")).matches("dario-amodei-[0-9a-f]{10}");
    assertThat(SiteAddresses.fileName("كتاب المطر")).matches("[0-9a-f]{10}");
    assertThat(SiteAddresses.fileName("../../etc")).matches("etc-[0-9a-f]{10}");
    assertThat(SiteAddresses.fileName("Ö")).isNotEqualTo(SiteAddresses.fileName("O"));
  }
}
