package dev.earmark.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.earmark.model.Anchor;
import dev.earmark.model.Kind;
import dev.earmark.model.Media;
import dev.earmark.model.Moment;
import dev.earmark.model.Speaker;
import dev.earmark.model.TimeSpan;
import dev.earmark.search.SearchRequest;
import dev.earmark.search.SearchRequest.Near;
import dev.earmark.search.SearchRequest.Sort;
import dev.earmark.search.Trend;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PagesTest {
  private static final String HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=a> &amp;";

  @TempDir Path folder;
  private Shelf shelf;

  @BeforeEach
  void open() throws IOException {
    shelf = new Shelf(folder);
  }

  @AfterEach
  void close() throws IOException {
    shelf.close();
  }

  /** An episode with a transcript, chapters, claims and notes. */
  private void putTides() throws IOException {
    shelf.put(
        Shelf.episode(
            "tides",
            "How Tide Tables Were Made",
            new Media("n1E9IZfvGMA", null, null, "https://example.org/tides"),
            new Speaker("Ines Marlow", "host"),
            new Speaker("Tomas Okell", "guest")),
        new Shelf.Source(
            "notes.txt",
            "reading-notes",
            "en",
            List.of(
                Moment.builder(Kind.CHAPTER, "").title("On machines").build(),
                Moment.builder(Kind.NOTE, "They call it ‘a clock for water’ more than once.")
                    .section(List.of("On machines"))
                    .build(),
                Moment.builder(Kind.QUOTE, "a clock for water")
                    .section(List.of("On machines"))
                    .detail("within", "On machines")
                    .build(),
                Moment.builder(Kind.NOTE, "A wheel for each pull.")
                    .section(List.of("On machines", "Wheels"))
                    .anchor(
                        Anchor.estimated(TimeSpan.ofMillis(7_000, 9_000), 0.87, "share of words"))
                    .build())),
        new Shelf.Source(
            "talk.vtt",
            "vtt",
            "en",
            List.of(
                Shelf.said("Ines Marlow", 0, 6_000, "Today a machine of brass predicts the sea.")
                    .build(),
                Shelf.said("Tomas Okell", 6_000, 14_000, "Each wheel stands for one pull of")
                    .continues(true)
                    .build(),
                Shelf.said("Tomas Okell", 14_000, 20_000, "the moon, and a chain adds them up.")
                    .continues(true)
                    .build())),
        new Shelf.Source(
            "chapters.json",
            "chapters",
            "en",
            List.of(chapter(0, 6_000, "A machine of brass"), chapter(6_000, 60_000, "The wheels"))),
        new Shelf.Source(
            "digest.txt",
            "video-digest",
            "en",
            List.of(
                Moment.builder(Kind.PRICE, "$50 — What a model costs.")
                    .title("Brass model")
                    .section(List.of("Prices"))
                    .anchor(Anchor.exact(TimeSpan.ofMillis(9_000, 9_000)))
                    .detail("value", "$50")
                    .build(),
                Moment.builder(Kind.PREDICTION, "No weel will turn cranks. [10 years]")
                    .section(List.of("Predictions"))
                    .anchor(Anchor.exact(TimeSpan.ofMillis(12_000, 12_000)))
                    .detail("horizon", "10 years")
                    .build())));
  }

  private static Moment chapter(long startMs, long endMs, String title) {
    return Moment.builder(Kind.CHAPTER, "")
        .title(title)
        .anchor(Anchor.exact(TimeSpan.ofMillis(startMs, endMs)))
        .build();
  }

  private void putHostile() throws IOException {
    shelf.put(
        new dev.earmark.model.Episode(
            "a/b?c#d \"e\"",
            HOSTILE,
            HOSTILE,
            LocalDate.of(2024, 2, 29),
            20_000L,
            "en",
            List.of(new Speaker(HOSTILE, HOSTILE)),
            new Media(
                "x\"><b>",
                "javascript:alert(1)",
                "data:text/html,<script>alert(1)</script>",
                "JavaScript:alert(1)"),
            List.of(HOSTILE),
            HOSTILE),
        new Shelf.Source(
            HOSTILE,
            HOSTILE,
            "en\"><b>",
            List.of(
                Shelf.said(HOSTILE, 0, 5_000, HOSTILE + " harbour " + HOSTILE)
                    .topic(HOSTILE)
                    .build(),
                Moment.builder(Kind.PRICE, HOSTILE + " harbour")
                    .title(HOSTILE)
                    .section(List.of(HOSTILE))
                    .anchor(Anchor.estimated(TimeSpan.ofMillis(1, 2), 0.5, HOSTILE))
                    .detail("value", HOSTILE)
                    .build())));
  }

  private Map<String, Document> allPages(String query) throws IOException {
    Map<String, Document> pages = new LinkedHashMap<>();
    pages.put("home", shelf.home());
    pages.put("search", shelf.search(query));
    pages.put("grouped", shelf.search(SearchRequest.of(query).groupedByEpisode()));
    pages.put("nothing", shelf.search("\"zzz " + query + "\""));
    pages.put("everything", shelf.search(SearchRequest.of("").withFilter("kind", "price", query)));
    for (Element link : shelf.home().select(".recent li a")) {
      String id =
          java.net.URLDecoder.decode(
              link.attr("href").substring(3), java.nio.charset.StandardCharsets.UTF_8);
      pages.put("episode " + id, shelf.episode(id, "", ""));
      pages.put("episode " + id + " at", shelf.episode(id, "2,4", query));
    }
    pages.put("speaker", shelf.speaker(query.contains("<") ? HOSTILE : "Tomas Okell"));
    pages.put("show", shelf.show(query.contains("<") ? HOSTILE : "Slow Instruments"));
    pages.put("trends", shelf.trends(query, Trend.By.MONTH));
    pages.put("trends by speaker", shelf.trends(query, Trend.By.SPEAKER));
    pages.put("error", shelf.error("There is no " + query, "Nothing is called " + query));
    return pages;
  }

  @Test
  void everyPageHasItsTitleLanguageLandmarksAndOneMainHeading() throws IOException {
    putTides();
    allPages("wheel")
        .forEach((name, page) -> {
          assertThat(page.title()).as(name).isNotBlank().endsWith("Earmark" + tail(page));
          assertThat(page.selectFirst("html").attr("lang")).as(name).isEqualTo("en");
          assertThat(page.select("main")).as(name).hasSize(1);
          assertThat(page.select("h1")).as(name).hasSize(1);
          assertThat(page.selectFirst("h1").text()).as(name).isNotBlank();
          assertThat(page.select("a.skip[href=#main]")).as(name).hasSize(1);
          assertThat(page.select("#status[aria-live=polite]")).as(name).hasSize(1);
          assertThat(page.select("form[role=search] label[for=q]")).as(name).hasSize(1);
          List<String> ids = page.select("[id]").eachAttr("id");
          assertThat(ids).as(name).doesNotHaveDuplicates();
          assertThat(page.select("link[type='application/opensearchdescription+xml']"))
              .as(name)
              .hasSize(1);
        });
  }

  private static String tail(Document page) {
    return page.selectFirst("body").hasClass("look-home") ? " – search what was said" : "";
  }

  @Test
  void noPageHasInlineScriptOrStyleOrLoadsFromElsewhere() throws IOException {
    putTides();
    putHostile();
    allPages("harbour")
        .forEach((name, page) -> {
          assertThat(page.select("style, [style], base, iframe, object, embed")).as(name).isEmpty();
          for (Element script : page.select("script:not([type='application/ld+json'])")) {
            assertThat(script.attr("src")).as(name).startsWith("/assets/");
            assertThat(script.data()).as(name).isEmpty();
          }
          for (Element element : page.getAllElements()) {
            for (Attribute attribute : element.attributes()) {
              assertThat(attribute.getKey()).as(name).doesNotStartWith("on");
            }
            assertThat(element.attr("src")).as(name).doesNotContain("//");
          }
        });
  }

  @Test
  void hostileTextShowsAsText() throws IOException {
    putHostile();
    allPages("harbour " + HOSTILE)
        .forEach((name, page) -> {
          assertThat(page.select("img, b")).as(name).isEmpty();
          assertThat(page.select("script:not([src]):not([type='application/ld+json'])"))
              .as(name)
              .isEmpty();
          for (Element data : page.select("script[type='application/ld+json']")) {
            assertThat(data.data()).as(name).doesNotContain("<");
          }
        });
    Document results = shelf.search("harbour");
    assertThat(results.selectFirst(".group h2").text()).isEqualTo(HOSTILE);
    assertThat(results.selectFirst(".facts .speaker").text()).isEqualTo(HOSTILE);
    assertThat(results.select(".said").eachText()).contains(HOSTILE + " harbour " + HOSTILE);
    assertThat(shelf.search(HOSTILE).selectFirst("#q").attr("value")).isEqualTo(HOSTILE);
    Document episode = shelf.episode("a/b?c#d \"e\"", "", "harbour");
    assertThat(episode.selectFirst("h1").text()).isEqualTo(HOSTILE);
    assertThat(episode.selectFirst(".description").text()).isEqualTo(HOSTILE);
    assertThat(episode.selectFirst(".turn > .speaker").text()).isEqualTo(HOSTILE);
  }

  @Test
  void onlyWebAddressesAndOurOwnAreLinked() throws IOException {
    putTides();
    putHostile();
    allPages("harbour")
        .forEach((name, page) -> {
          for (Element link : page.select("[href], [src], [action], [data-source], [data-copy]")) {
            for (String attribute : List.of("href", "src", "action", "data-source")) {
              String address = link.attr(attribute);
              assertThat(address.isEmpty() || address.matches("(?s)(/[^/].*|/|#.*|https?://.*)"))
                  .as("%s: %s=%s", name, attribute, address)
                  .isTrue();
            }
          }
        });
  }

  @Test
  void whatIsFoundIsMarkedInTheHit() throws IOException {
    putTides();
    Document page = shelf.search("\"pull of the moon\"");
    assertThat(page.select(".hit")).hasSize(1);
    assertThat(page.select(".said mark").eachText()).containsExactly("pull of the moon");
    assertThat(page.selectFirst(".total").text()).startsWith("1 moment ");
    assertThat(page.selectFirst("#status").text()).isEqualTo("1 moment found.");
    assertThat(page.title()).isEqualTo("\"pull of the moon\" – 1 moment – Earmark");
    Element time = page.selectFirst(".when .time");
    assertThat(time.attr("href")).isEqualTo("/e/tides?t=11&q=%22pull%20of%20the%20moon%22#m-5");
    assertThat(page.selectFirst("[data-play]").attr("data-source"))
        .isEqualTo("https://www.youtube-nocookie.com/embed/n1E9IZfvGMA?start=11");
    assertThat(page.select(".actions a").eachAttr("href"))
        .contains("https://www.youtube.com/watch?v=n1E9IZfvGMA&t=11s");
  }

  @Test
  void aPhraseIsMarkedOverTheMomentsItRunsThrough() throws IOException {
    putTides();
    Document page = shelf.episode("tides", "", "\"one pull of the moon\"");
    assertThat(page.select("#m-5 mark").eachText()).containsExactly("one pull of");
    assertThat(page.select("#m-6 mark").eachText()).containsExactly("the moon");
    assertThat(page.select("main mark")).hasSize(3);
    assertThat(page.select(".matches li")).hasSize(1);
    assertThat(page.selectFirst(".within .facts").text()).startsWith("1 match");
    assertThat(page.select(".strip .tick")).hasSize(1);
  }

  @Test
  void wordsThatStandSideBySideAreOneMatchAndTheNextIsFoundBehindThem() throws IOException {
    shelf.put(
        Shelf.episode("echo", "Echo", Media.NONE),
        new Shelf.Source(
            "a.vtt",
            "vtt",
            "en",
            List.of(Shelf.said("A", 0, 8_000, "tide tide and then a tide again").build())),
        new Shelf.Source(
            "b.txt",
            "article",
            "en",
            List.of(Moment.builder(Kind.NOTE, "tide tide and then a tide again").build())));
    Document page = shelf.episode("echo", "", "tide");
    assertThat(page.select("#m-0 mark").eachText()).containsExactly("tide tide", "tide");
    assertThat(page.select("#m-1 mark").eachText()).containsExactly("tide tide", "tide");
    assertThat(page.select(".matches mark").eachText())
        .containsExactly("tide tide", "tide", "tide tide", "tide");
  }

  @Test
  void aHitSaysHowItsTimeIsKnown() throws IOException {
    putTides();
    // The last is a near hit, which was asked for.
    Document page = shelf.search(SearchRequest.of("wheel").withNear(Near.TRUE));
    assertThat(page.select(".when").eachText())
        .containsExactlyInAnyOrder("0:07", "≈about 0:07", "0:06", "0:12");
    assertThat(page.select(".when .time[title]").eachAttr("title"))
        .containsExactly("Estimated, by share of words; 87% sure");
    Document unplaced = shelf.search("clock");
    assertThat(unplaced.select(".when").eachText()).containsOnly("no time known");
    assertThat(unplaced.select("[data-play]")).isEmpty();
    assertThat(unplaced.selectFirst(".actions a").attr("href")).doesNotContain("t=");
  }

  @Test
  void aClaimShowsItsPriceOrHorizonOnce() throws IOException {
    putTides();
    Document price = shelf.search("costs");
    assertThat(price.selectFirst(".key-detail").text()).isEqualTo("$50");
    assertThat(price.selectFirst(".moment-title").text()).isEqualTo("Brass model");
    assertThat(price.selectFirst(".said").text()).isEqualTo("What a model costs.");
    Document prediction = shelf.search("cranks");
    assertThat(prediction.selectFirst(".key-detail").text()).isEqualTo("10 years");
    assertThat(prediction.selectFirst(".said").text()).isEqualTo("No weel will turn cranks.");
    assertThat(shelf.search("years").selectFirst(".said").text())
        .isEqualTo("No weel will turn cranks. [10 years]");
  }

  @Test
  void aFacetAddsAValueAndTakesItOff() throws IOException {
    putTides();
    Document all = shelf.search(SearchRequest.of("").withLimit(2));
    String next = all.selectFirst("a.next").attr("href");
    assertThat(next).contains("cursor=").contains("limit=2");
    String cursor = next.substring(next.indexOf("cursor=") + "cursor=".length());
    SearchRequest second = SearchRequest.of("").withLimit(2).withCursor(cursor);
    Document page = shelf.search(second);
    Element speaker = page.selectFirst("[data-key='speaker:Tomas Okell']");
    assertThat(speaker.attr("href")).isEqualTo("/?speaker=Tomas+Okell&limit=2");
    assertThat(speaker.text()).isEqualTo("Tomas Okell 2");
    assertThat(page.select("[href*=cursor]").eachAttr("data-key")).containsExactly("page:next");
    assertThat(page.selectFirst("[data-key='page:first']").attr("href")).isEqualTo("/?limit=2");

    SearchRequest chosen =
        SearchRequest.of("wheel \"&\"")
            .withFilter("speaker", "tomas OKELL", "Ines Marlow")
            .withFilter("year", "2025")
            .withSort(Sort.TIME);
    Document narrowed = shelf.search(chosen);
    assertThat(narrowed.selectFirst("[data-key='speaker:Tomas Okell']").attr("href"))
        .isEqualTo("/?q=wheel+%22%26%22&speaker=Ines+Marlow&year=2025&sort=time");
    assertThat(narrowed.select(".value[aria-current=true] .label").eachText())
        .containsExactlyInAnyOrder("Tomas Okell", "Ines Marlow", "2025");
    assertThat(narrowed.select(".chosen .chip").eachText())
        .containsExactly(
            "Remove Speaker tomas OKELL",
            "Remove Speaker Ines Marlow",
            "Remove Year 2025",
            "Clear all");
    assertThat(narrowed.select("input[type=hidden][form=search]").eachAttr("value"))
        .containsExactly("tomas OKELL", "Ines Marlow", "2025", "time");
  }

  @Test
  void allThatIsFoundInAnEpisodeLiesOnItsStrip() throws IOException {
    putTides();
    Document page = shelf.search(SearchRequest.of("wheel").withNear(Near.TRUE).groupedByEpisode());
    Element strip = page.selectFirst(".group .small-strip");
    // A minute long: the moments start at 6, 7 and 12 seconds, the second chapter at 6.
    assertThat(strip.attr("data-seconds")).isEqualTo("6 7 12");
    assertThat(strip.selectFirst(".ticks").attr("d")).isEqualTo("M100 0V16M116.7 0V16M200 0V16");
    assertThat(strip.selectFirst(".shade").attr("d")).isEqualTo("M100 0H1000V16H100Z");
    assertThat(strip.selectFirst(".best").attr("d")).isNotEmpty();
    assertThat(page.select(".sorts a[aria-current]").text()).isEqualTo("Best");
  }

  @Test
  void aFacetWithNothingToChooseIsNotShown() throws IOException {
    putTides();
    Document page = shelf.search("");
    assertThat(page.select(".facet").eachAttr("data-facet"))
        .contains("speaker", "kind", "source")
        .doesNotContain("show", "year", "lang", "topic", "episode");
  }

  @Test
  void whatWasNotUnderstoodIsShownInItsPlace() throws IOException {
    putTides();
    Document page = shelf.search("wheel after:soon");
    assertThat(page.select(".complaints code").eachText()).containsExactly("wheel after:soon");
    assertThat(page.select(".complaints mark").eachText()).containsExactly("after:soon");
  }

  @Test
  void anEmptyAnswerSaysWhatToTry() throws IOException {
    putTides();
    Document page =
        shelf.search(
            SearchRequest.of("\"moon wheel\"")
                .withFilter("year", "2025")
                .groupedByEpisode()
                .withLimit(10));
    assertThat(page.select(".empty li a").eachAttr("href"))
        .containsExactly(
            "/?q=%22moon+wheel%22", "/?q=moon+wheel&year=2025", "/?q=moon%7E+wheel%7E&year=2025");
  }

  @Test
  void theFragmentIsThatPartOfThePage() throws IOException {
    putTides();
    SearchRequest request = SearchRequest.of("wheel");
    Element whole = shelf.search(request).selectFirst("#results");
    Element part = org.jsoup.Jsoup.parseBodyFragment(shelf.results(request)).body();
    assertThat(part.children()).hasSize(1);
    whole.select(".took").remove();
    part.select(".took").remove();
    assertThat(part.child(0).outerHtml()).isEqualTo(whole.outerHtml());
  }

  @Test
  void theTranscriptComesFirstWithItsChaptersAsHeadings() throws IOException {
    putTides();
    Document page = shelf.episode("tides", "", "");
    assertThat(page.select(".document h2").eachText())
        .containsExactly("Transcript", "Reading notes", "Video digest");
    Element transcript = page.selectFirst(".document");
    assertThat(transcript.select("h3 > span:not(.when-said)").eachText())
        .containsExactly("A machine of brass", "The wheels");
    assertThat(transcript.select(".turn > .speaker").eachText())
        .containsExactly("Ines Marlow", "Tomas Okell");
    assertThat(transcript.select(".turn").get(1).select(".moment")).hasSize(2);
    assertThat(page.select(".strip .band")).hasSize(2);
    assertThat(page.select(".strip .band").eachAttr("width")).containsExactly("10.000%", "90.000%");
  }

  @Test
  void aLongTranscriptIsCutIntoPiecesThatABrowserCanLeaveOut() throws IOException {
    List<Moment> moments = new java.util.ArrayList<>();
    for (int i = 0; i < 100; i++) {
      moments.add(Shelf.said("A", i * 500, i * 500 + 500, "word " + i).continues(i > 0).build());
    }
    shelf.put(
        Shelf.episode("long", "Long", Media.NONE), new Shelf.Source("a.vtt", "vtt", "en", moments));
    Document page = shelf.episode("long", "", "");
    assertThat(page.select(".turn").size()).isBetween(5, 10);
    assertThat(page.select(".turn .moment")).hasSize(100);
    assertThat(page.select(".turn > .speaker").eachText()).containsExactly("A");
  }

  @Test
  void aLinkToSendNamesTheSecondAndTheWordsOnly() throws IOException {
    putTides();
    assertThat(shelf.search("\"pull of the moon\"").selectFirst("[data-copy]").attr("data-copy"))
        .isEqualTo("/e/tides?t=11&q=%22pull%20of%20the%20moon%22");
  }

  @Test
  void notesKeepTheirOrderAndHeadings() throws IOException {
    putTides();
    Element notes = shelf.episode("tides", "", "").select(".document").get(1);
    assertThat(notes.select("h3, h4, .moment .text").eachText())
        .containsExactly(
            "On machines",
            "They call it ‘a clock for water’ more than once.",
            "a clock for water",
            "Wheels",
            "A wheel for each pull.");
    assertThat(notes.select(".pulled .text").text()).isEqualTo("a clock for water");
  }

  @Test
  void theMomentOfTheAddressIsMarkedAndPlayed() throws IOException {
    putTides();
    Document page = shelf.episode("tides", "0:15", "");
    assertThat(page.select(".moment[aria-current=true]").eachAttr("id")).containsExactly("m-6");
    assertThat(page.selectFirst(".player").attr("data-source"))
        .isEqualTo("https://www.youtube-nocookie.com/embed/n1E9IZfvGMA?start=15");
    assertThat(page.selectFirst(".facade").attr("href"))
        .isEqualTo("https://www.youtube.com/watch?v=n1E9IZfvGMA&t=15s");
    assertThat(page.selectFirst(".strip .now").attr("x1")).isEqualTo("25.000%");
    assertThat(page.title()).startsWith("0:15 – How Tide Tables Were Made – Slow Instruments");
    assertThat(page.selectFirst("link[rel=canonical]").attr("href"))
        .isEqualTo("https://earmark.example/e/tides");
    assertThat(page.select("#m-5 .time").attr("href")).isEqualTo("/e/tides?t=6#m-5");
  }

  @Test
  void laneAndTalkTimeSayWhoSpeaksWhen() throws IOException {
    putTides();
    Document page = shelf.episode("tides", "", "");
    assertThat(page.select(".voices .score-name a").eachText())
        .containsExactly("Ines Marlow", "Tomas Okell");
    assertThat(page.select(".voices .talk").eachText()).containsExactly("0:06 30%", "0:14 70%");
    assertThat(page.select(".voices .lane path").eachAttr("d"))
        .containsExactly("M0 0H100V8H0Z", "M100 0H333.3V8H100Z");
  }

  @Test
  void notesStandBesideWhatIsHeardAndLeadThereAndBack() throws IOException {
    putTides();
    Document page = shelf.episode("tides", "", "");
    // Noted at 7, 9 and 12 seconds; what is heard from 6 to 14 is the second moment.
    assertThat(page.select("#m-5 .margin a").eachText())
        .containsExactly(
            "≈ Note A wheel for each pull.",
            "Price Brass model",
            "Prediction No weel will turn cranks. [10 years]");
    for (Element note : page.select(".margin a")) {
      Element there = page.getElementById(note.attr("href").substring(1));
      assertThat(there.selectFirst(".place").attr("href")).isEqualTo("#m-5");
    }
    assertThat(page.select(".turn .place")).isEmpty();
  }

  @Test
  void aLinkWhoseWordsHaveMovedFindsThemAgain() throws IOException {
    putTides();
    Document there = shelf.episode("tides", "11", "\"pull of the moon\"");
    assertThat(there.select(".notice")).isEmpty();
    Document moved = shelf.episode("tides", "42", "\"pull of the moon\"");
    assertThat(moved.selectFirst(".notice").text())
        .contains("no longer at 0:42")
        .contains("nearest place that has them is 0:11");
    assertThat(moved.selectFirst(".notice a").attr("href")).isEqualTo("/e/tides?t=42");
    assertThat(moved.select(".moment[aria-current=true]").eachAttr("id")).containsExactly("m-5");
    assertThat(moved.selectFirst(".player").attr("data-source")).endsWith("?start=11");
    Document clip = shelf.episode("tides", "42,44", "\"pull of the moon\"");
    assertThat(clip.title()).startsWith("0:11");
    Document gone = shelf.episode("tides", "11", "\"a word nobody says\"");
    assertThat(gone.selectFirst(".notice").text()).contains("not said in this episode");
    assertThat(gone.title()).startsWith("0:11");
  }

  @Test
  void machinesReadTheEpisodeItsPartsAndHowToSeek() throws Exception {
    putTides();
    Document page = shelf.episode("tides", "0:15", "");
    JsonNode data =
        new ObjectMapper().readTree(page.selectFirst("script[type='application/ld+json']").data());
    assertThat(data.path("@type").asText()).isEqualTo("VideoObject");
    assertThat(data.path("duration").asText()).isEqualTo("PT1M");
    assertThat(data.path("hasPart")).hasSize(2);
    assertThat(data.at("/hasPart/1/startOffset").asInt()).isEqualTo(6);
    assertThat(data.at("/hasPart/1/url").asText()).isEqualTo("https://earmark.example/e/tides?t=6");
    assertThat(data.at("/potentialAction/target").asText())
        .isEqualTo("https://earmark.example/e/tides?t={seek_to_second_number}");
    assertThat(page.selectFirst("meta[property='og:url']").attr("content"))
        .isEqualTo("https://earmark.example/e/tides?t=15");
    assertThat(page.selectFirst("meta[property='og:description']").attr("content"))
        .isEqualTo("Tomas Okell: “the moon, and a chain adds them up.”");
  }

  @Test
  void aPlotHasABarAMonthAndMarksTheFirst() throws IOException {
    putTides();
    Document page = shelf.trends("wheel", Trend.By.MONTH);
    assertThat(page.selectFirst(".summary").text())
        .startsWith("“wheel” is said 1 time in 23 words");
    assertThat(page.select(".plot .bar.first title").eachText())
        .containsExactly("Nov 2025: 1 time, 43,478 per million words (568–241,907)");
    assertThat(page.selectFirst(".plot a").attr("href"))
        .isEqualTo("/?q=%22wheel%22&kind=segment&from=2025-11-01&to=2025-11-30");
    assertThat(page.select(".numbers tbody tr").eachText())
        .containsExactly("Nov 2025 1 23 43,478 (568–241,907)");
    assertThat(page.select(".first-mention .said mark").eachText()).containsExactly("wheel");
  }

  @Test
  void aLocalFileIsPlayedFromOurselvesUnderANameThatHidesItsPlace() throws IOException {
    shelf.put(
        Shelf.episode("own file", "Own", new Media("abc", "/home/me/talk.mp3", null, null)),
        new Shelf.Source(
            "a.vtt", "vtt", "en", List.of(Shelf.said("A", 0, 4_000, "one two").build())));
    Document page = shelf.episode("own file", "1.5,3", "");
    assertThat(page.selectFirst("audio").attr("src")).isEqualTo("/media/own%20file/audio#t=1.5,3");
    assertThat(page.selectFirst("audio").attr("preload")).isEqualTo("metadata");
    assertThat(page.html()).doesNotContain("/home/me");
  }

  @Test
  void wordsCarryTheirTimes() throws IOException {
    putTides();
    Document page = shelf.episode("tides", "", "");
    // Eight words in six seconds: one every 750 ms, so every second word is a sample.
    assertThat(page.selectFirst("#m-4 .text").attr("data-times"))
        .isEqualTo("0,0 8,150 11,300 15,450");
    assertThat(page.selectFirst("#m-4 .text").wholeText())
        .isEqualTo("Today a machine of brass predicts the sea.");
  }

  @Test
  void theFirstPageOffersSearchesThatFindSomething() throws IOException {
    putTides();
    Document home = shelf.home();
    List<String> examples = home.select(".examples .query").eachText();
    assertThat(examples).isNotEmpty();
    for (String example : examples) {
      assertThat(shelf.search(example).select(".hit")).as(example).isNotEmpty();
    }
    assertThat(home.select(".recent li a").eachText()).containsExactly("How Tide Tables Were Made");
    assertThat(home.select(".starts h2").eachText()).containsExactly("Speakers", "Shows", "Kinds");
  }

  @Test
  void anEmptyIndexSaysHowToFillIt() throws IOException {
    assertThat(shelf.home().selectFirst(".empty code").text()).isEqualTo("./earmark serve PATH");
  }

  @Test
  void everyFileAPageLoadsIsThere() throws IOException {
    putTides();
    Document page = shelf.search("wheel");
    List<String> addresses = page.select("link[href^=/assets/]").eachAttr("href");
    addresses.addAll(page.select("script").eachAttr("src"));
    assertThat(addresses).hasSizeGreaterThan(3);
    for (String address : addresses) {
      String name = address.substring("/assets/".length(), address.indexOf('?'));
      Assets.Asset asset = Assets.packed().find(name).orElseThrow();
      assertThat(address).endsWith("?v=" + asset.version());
      assertThat(asset.bytes()).isNotEmpty();
    }
    assertThat(Assets.packed().find("../openapi.json")).isEmpty();
  }
}
