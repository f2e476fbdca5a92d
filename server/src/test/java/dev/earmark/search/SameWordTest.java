package dev.earmark.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earmark.search.Hit.Why;
import dev.earmark.search.lucene.LuceneSearchEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same word, written differently, is the same word; different words stay different. */
class SameWordTest {
  private static final Map<String, String> TALKS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("fr", "L'usine est grande, et d’Espagne vient l'acier aujourd'hui."),
              Map.entry("fr-acier", "De cet acier on fit deux ponts, d'un coup."),
              Map.entry("it", "Il livello dell'acqua e un'altra nave nell’isola."),
              Map.entry("ca", "L'hort és d'aquí, i s'estima."),
              Map.entry("es", "Las mesas eran altas y la china era de porcelana."),
              Map.entry("en-chin", "He rubbed his chin, they are late, and a cub came."),
              Map.entry("en-us", "Did they tell us what happened to us?"),
              Map.entry(
                  "en-america", "The U.S. pilots met the US mayor; the service runs on .NET."),
              Map.entry("en-language", "It was written in C++ first, in C# later, never in C."),
              Map.entry("en-owner", "Thomas's coat hung at the boss’s door, and Agnes's did not."),
              Map.entry(
                  "en-apart",
                  "They built a web-site, sent an e-mail and had wi-fi and a data base."),
              Map.entry(
                  "en-closed", "They built a website, sent an email and had wifi and a database."),
              Map.entry("en-grammar", "It may be so, every one of them said, in to the room."),
              Map.entry(
                  "en-conf",
                  "Much later, after a long talk of other things, they came to zero conf at last."),
              Map.entry("en-misheard", "Zerocomf."),
              Map.entry("en-emoji", "We won 🎉 and nobody slept."),
              Map.entry("ar", "في عام ٢٠١٩ كَتَبَ علي الكتاب"),
              Map.entry("fa", "در سال ۲۰۱۹ کتاب یک مدرسه"),
              Map.entry("he", "בַּבַּיִת הַזֶּה גר צה״ל"),
              Map.entry("hi", "हिन्दी फ़िल्म २०१९ में चाँद"),
              Map.entry("th", "เขาท\u0e4d\u0e32งาน"),
              Map.entry("ko", "데이터 센터가 크다"),
              Map.entry("zh-TW", "我們在學習漢語，用電腦。"),
              Map.entry("zh-CN", "他们也学习汉语，用电脑，二〇二四年。"),
              Map.entry(
                  "en-spelled",
                  "In twenty twenty-four it grew ten percent to ten trillion dollars."),
              Map.entry(
                  "en-particles",
                  "They back up what is sent to an anti-war group at the check-in,"
                      + " on the 3rd of May, in the twenty-first century."),
              Map.entry(
                  "en-closed-particles",
                  "The backup of the antiwar checkin was on the third of May,"
                      + " in the 21st century, out of three."),
              Map.entry("en-war", "The Iraq war began and the men went home."),
              Map.entry("en-iraq", "In Iraq there was oil, and some women went."),
              Map.entry(
                  "en-agency", "Then the f b i said it, a, I think, on a t v in the u k, a, a, a."),
              Map.entry("en-initials", "The FBI saw a UK TV."),
              Map.entry("en-letters", "So t hey asked the w h o."),
              Map.entry(
                  "en-money",
                  "Thirty-five percent of three hundred thousand boats cost $30.00 in the 1980s."),
              Map.entry(
                  "en-coins",
                  "For thirty dollars in the nineteen eighties, a ½ of 300,000 boats, or 5 percent."),
              Map.entry("en-half", "Half a million boats, two and a half tons, hundred percent."),
              Map.entry("en-tons", "So 500,000 boats of 2½ tons, all 100 % of them, in the '80s."),
              Map.entry("fr-bateaux", "Il y avait 3 000 bateaux."),
              Map.entry("fr-bateau", "Trois mille bateaux, mille personnes."),
              Map.entry("de-boote", "Es waren 3.000 Boote und hunderttausend Leute."),
              Map.entry("de-boot", "Es waren dreitausend Boote und 100.000 Leute."),
              Map.entry("zh-CN-10", "增长了百分之三十。"),
              Map.entry("zh-CN-15", "增长了百分之三十五。"),
              Map.entry("zh-CN-30", "增长了30%。"),
              Map.entry("de-krieg", "Es war der Krieg im Irak."),
              Map.entry("sv-krig", "Men han var hemma, den son."),
              Map.entry("en-digits", "In 2024 it grew 10 % to $10tn, and 7 people saw it."),
              Map.entry(
                  "de-zahlen", "Im Jahr 2024 waren es zehn Prozent und zwölf Leute, nicht 11."),
              Map.entry("es-numeros", "Once personas vieron 12 barcos."),
              Map.entry("ja", "ｻｰﾊﾞｰとコンピューターを買った")));

  @TempDir static Path folder;
  private static LuceneSearchEngine engine;

  @BeforeAll
  static void index() throws IOException {
    Path corpus = Files.createDirectories(folder.resolve("corpus"));
    for (Map.Entry<String, String> talk : TALKS.entrySet()) {
      String language = talk.getKey().substring(0, 2);
      Files.writeString(
          corpus.resolve("talk-" + talk.getKey().replaceFirst("^..-?", "") + language + ".vtt"),
          "WEBVTT\nLanguage: %s\n\n00:00.000 --> 00:09.000\n%s\n"
              .formatted(
                  language.equals("zh") ? talk.getKey().substring(0, 5) : language,
                  talk.getValue()));
    }
    Corpora.index(folder.resolve("index"), corpus);
    engine = LuceneSearchEngine.open(folder.resolve("index"));
  }

  @AfterAll
  static void close() throws IOException {
    engine.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"漢語", "汉语", "lang:zh 漢語", "lang:zh 汉语", "電腦", "\"电脑\""})
  void simplifiedAndTraditionalAreOne(String query) throws IOException {
    SearchPage page = search(query);
    assertThat(page.exactTotal()).isEqualTo(2);
    assertThat(page.hits()).allSatisfy(hit -> assertThat(hit.matches()).isNotEmpty());
  }

  @Test
  void aLanguageIsFoundByItsFirstPartAndByItsWholeTag() throws IOException {
    assertThat(search("lang:zh 用").total()).isEqualTo(2);
    assertThat(search("lang:zh-tw 用").total()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "usine, usine",
    "espagne, Espagne",
    "acqua, acqua",
    ".net, .NET",
    "🎉, 🎉",
    "फिल्म, फ़िल्म"
  })
  void isFoundExactlyInEveryKindOfQuery(String query, String said) throws IOException {
    for (String kind : List.of(query, "+" + query, '"' + query + '"', query + "*")) {
      SearchPage page = search(kind);
      assertThat(page.total()).as(kind).isEqualTo(1);
      assertThat(page.hits().getFirst().why()).as(kind).isEqualTo(Why.EXACT);
      assertThat(page.hits().getFirst().matches())
          .as(kind)
          .extracting(Hit.Match::text)
          .containsExactly(said);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"acier", "l'acier", "L’acier", "d'acier", "+l'acier grande"})
  void anElidedArticleIsNoPartOfTheWord(String query) throws IOException {
    assertThat(search(query).exactTotal()).isEqualTo(2);
    assertThat(search("\"l'acier\"").exactTotal()).isEqualTo(1);
    assertThat(search("l'acier aujourd'hui").exactTotal()).isEqualTo(1);
  }

  /** In every form of a query; what is said behind the article that was typed is marked with it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          l'acier | l'acier, acier
          +l'acier | l'acier, acier
          (l'acier) | l'acier, acier
          +(l'acier) | l'acier, acier
          l'acier OR porcelana | l'acier, acier, porcelana
          porcelana OR L’acier | l'acier, acier, porcelana
          l'aci* | l'acier, acier
          +l'aci* | l'acier, acier
          l'acier~1 | l'acier, acier
          deux ponts -l'acier |
          deux ponts -l'aci* |
          deux ponts -d'usine | deux ponts
          "l'acier" | l'acier
          +quell'isola | isola
          +un'acqua | acqua
          +l'hort | L'hort
          +sant'acqua |
          d'angelo OR d'acier | acier, acier
          """)
  void anElidedArticleIsNoPartOfTheWordInAnyForm(String query, @Nullable String marked)
      throws IOException {
    SearchPage page = search(query);
    assertThat(page.hits().stream().flatMap(hit -> hit.matches().stream()).map(Hit.Match::text))
        .containsExactlyInAnyOrderElementsOf(
            marked == null ? List.of() : List.of(marked.split(", ")));
    assertThat(page.exactTotal()).isEqualTo(page.total());
    assertThat(page.notUnderstood()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"Thomas, Thomas's", "boss, boss’s"})
  void aPossessiveAfterSIsAForm(String query, String said) throws IOException {
    Hit hit = search(query).hits().getFirst();
    assertThat(hit.why()).isEqualTo(Why.STEM);
    assertThat(hit.matches()).extracting(Hit.Match::text).containsExactly(said);
  }

  /** A number is the same in words and in digits, alone, in a phrase, among others, with a sign. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          2024 | en-spelled en-digits de-zahlen zh-CN
          twenty twenty-four | en-spelled en-digits de-zahlen
          "twenty twenty-four" | en-spelled en-digits de-zahlen
          +2024 lang:en | en-spelled en-digits
          "in 2024 it grew" | en-spelled en-digits
          10 % | en-spelled en-digits de-zahlen
          10% | en-spelled en-digits de-zahlen
          ten percent | en-spelled en-digits
          "grew ten per cent to" | en-spelled en-digits
          zehn Prozent | de-zahlen en-digits
          zehn Prozent lang:en |
          $10tn | en-spelled en-digits
          ten trillion dollars | en-spelled en-digits
          "ten trillion dollars" | en-spelled en-digits
          grew ten trillion dollars | en-spelled en-digits
          seven people | en-digits
          zwölf | de-zahlen
          once | es-numeros
          eleven |
          12 | de-zahlen es-numeros
          """)
  void aNumberIsTheSameInWordsAndDigits(String query, @Nullable String talks) throws IOException {
    SearchPage page = search(query);
    List<String> texts =
        talks == null ? List.of() : Stream.of(talks.split(" ")).map(TALKS::get).toList();
    assertThat(page.hits().stream().map(hit -> hit.moment().moment().text()).toList())
        .containsExactlyInAnyOrderElementsOf(texts);
    assertThat(page.exactTotal()).isEqualTo(page.total());
    page.hits().forEach(hit -> assertThat(hit.matches()).as(hit.toString()).isNotEmpty());
  }

  /** As people of each language group digits, count money and decades, and say halves. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          lang:fr 3 000 bateaux | fr-bateaux fr-bateau
          "3 000 bateaux" | fr-bateaux fr-bateau
          lang:fr trois mille | fr-bateaux fr-bateau
          lang:fr 3000 | fr-bateaux fr-bateau
          lang:fr mille bateaux | fr-bateau
          lang:de 3.000 Boote | de-boote de-boot
          lang:de +dreitausend | de-boote de-boot
          "dreitausend Boote" | de-boote de-boot
          lang:de hunderttausend | de-boote de-boot
          lang:de 100.000 Leute | de-boote de-boot
          "3.000 boats" lang:en |
          $30 | en-money en-coins
          $30.00 | en-money en-coins
          thirty dollars | en-money en-coins
          "thirty dollars" | en-coins en-money
          $30.50 |
          1980s | en-money en-coins
          nineteen eighties | en-money en-coins
          "the nineteen eighties" | en-money en-coins
          1990s |
          eighties | en-coins en-tons
          80s | en-coins en-tons
          ½ | en-coins en-half
          one half | en-coins en-half
          2½ tons | en-half en-tons
          two and a half tons | en-half en-tons
          "two and a half tons" | en-half en-tons
          500k | en-half en-tons
          half a million boats | en-half en-tons
          million boats | en-half
          1,000,000 |
          300k | en-money en-coins
          100k lang:en |
          hundred percent | en-half en-tons
          100 % lang:en | en-half en-tons
          5% lang:en | en-coins
          five percent lang:en | en-coins
          35 % lang:en | en-money
          百分之三十 lang:zh | zh-CN-10 zh-CN-30
          30% lang:zh | zh-CN-10 zh-CN-30
          35% lang:zh | zh-CN-15
          """)
  void anAmountIsTheSameHoweverItIsWritten(String query, @Nullable String talks)
      throws IOException {
    aNumberIsTheSameInWordsAndDigits(query, talks);
  }

  /** Letters that are said one by one are a word, but small words in a row are none. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          FBI | en-agency en-initials
          fbi | en-agency en-initials
          F.B.I. | en-agency en-initials
          F-B-I | en-agency en-initials
          f b i | en-agency en-initials
          F. B. I. | en-agency en-initials
          "the f b i" | en-agency en-initials
          "the FBI" | en-agency en-initials
          +fbi said | en-agency en-initials
          FBI OR nothing | en-agency en-initials
          TV -FBI |
          TV | en-agency en-initials
          UK | en-agency en-initials
          AI |
          aaa |
          FBIs |
          WHO | en-letters
          who |
          "ask who" |
          """)
  void initialsAreTheSameLetterForLetter(String query, @Nullable String talks) throws IOException {
    SearchPage page = engine.search(SearchRequest.of(query).withNear(SearchRequest.Near.FALSE));
    assertThat(page.hits().stream().map(hit -> hit.moment().moment().text()).toList())
        .containsExactlyInAnyOrderElementsOf(
            talks == null ? List.of() : Stream.of(talks.split(" ")).map(TALKS::get).toList());
    page.hits().forEach(hit -> assertThat(hit.matches()).as(hit.toString()).isNotEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "backup",
        "back-up",
        "\"back up\"",
        "anti-war",
        "antiwar",
        "\"anti war\"",
        "check-in",
        "3rd",
        "third",
        "\"the 3rd of May\"",
        "third of May",
        "21st",
        "twenty-first century",
        "\"the 21st century\"",
      })
  void aParticleAHyphenAndAnOrdinalMakeNoOtherWord(String query) throws IOException {
    SearchPage page = search(query);
    assertThat(page.hits().stream().map(hit -> hit.moment().moment().text()).toList())
        .containsExactlyInAnyOrder(TALKS.get("en-particles"), TALKS.get("en-closed-particles"));
    assertThat(page.exactTotal()).isEqualTo(2);
    page.hits().forEach(hit -> assertThat(hit.matches()).as(hit.toString()).isNotEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"4th", "22nd"})
  void anOrdinalThatIsNotSaidIsNoNumber(String query) throws IOException {
    assertThat(search(query).hits())
        .noneMatch(hit -> hit.moment().moment().text().equals(TALKS.get("en-particles")));
  }

  /** What is a function word of one language is often a content word of another. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          iraq war | en-war | all of: iraq, war
          men went | en-war | all of: men, went
          der krieg | de-krieg |
          han var hemma | sv-krig |
          """)
  void aLanguageThatAQueryIsNotInHasNoFunctionWordsInIt(
      String query, String talk, @Nullable String sentence) throws IOException {
    SearchPage page = search(query);
    assertThat(page.hits())
        .extracting(hit -> hit.moment().moment().text())
        .containsExactly(TALKS.get(talk));
    assertThat(page.matched() == null ? null : page.matched().sentence()).isEqualTo(sentence);
  }

  private static SearchPage search(String query) throws IOException {
    return engine.search(SearchRequest.of(query));
  }

  @ParameterizedTest
  @CsvSource({
    "usine, usine",
    "l'usine, L'usine",
    "L’USINE, L'usine",
    "acier, acier",
    "Espagne, Espagne",
    "acqua, acqua",
    "altra, altra",
    "isola, isola",
    "hort, hort",
    "aquí, aquí",
    "كتب, كَتَبَ",
    "علی, علي",
    "2019 على, ٢٠١٩",
    "בבית, בַּבַּיִת",
    "צהל, צה״ל",
    "צה\"ל, צה״ל",
    "हिंदी, हिन्दी",
    "फिल्म, फ़िल्म",
    "चांद, चाँद",
    "ทำ, ท\u0e4d\u0e32",
    "데이터센터가, 데이터 센터가",
    "サーバー, ｻｰﾊﾞｰ",
    "コンピュータ, コンピューター",
    "🎉, 🎉",
  })
  void isFoundExactly(String query, String said) throws IOException {
    SearchPage page = search(query);
    assertThat(page.exactTotal()).as(page.toString()).isPositive().isEqualTo(page.total());
    Hit first = page.hits().getFirst();
    assertThat(first.why()).isEqualTo(Why.EXACT);
    assertThat(first.matches().getFirst().text()).isEqualTo(said);
    assertThat(page.didYouMean()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "website",
        "web site",
        "web-site",
        "\"web site\"",
        "+website",
        "Web-Site",
        "email",
        "e-mail",
        "e mail",
        "wifi",
        "wi-fi",
        "wi fi",
        "\"had wifi\"",
        "database",
        "data base"
      })
  void togetherAndApartAreCountedAsOne(String query) throws IOException {
    SearchPage page = search(query);
    assertThat(page.total()).isEqualTo(2);
    assertThat(page.exactTotal()).isEqualTo(2);
    assertThat(page.hits()).allSatisfy(hit -> assertThat(hit.matches()).isNotEmpty());
  }

  /** Written apart it is the word itself, so nothing that only sounds like it comes before. */
  @Test
  void writtenApartStandsBeforeWhatSoundsLikeIt() throws IOException {
    SearchPage page = engine.search(SearchRequest.of("zeroconf").withNear(SearchRequest.Near.TRUE));
    assertThat(page.hits()).extracting(Hit::why).containsExactly(Why.EXACT, Why.FUZZY);
    assertThat(page.exactTotal()).isEqualTo(1);
    assertThat(search("zeroconf").total()).isEqualTo(1);
  }

  @Test
  void whatIsLeftOutIsLeftOutHoweverItIsWritten() throws IOException {
    assertThat(search("built -website").total()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"maybe", "everyone", "into"})
  void wordsOfGrammarInARowAreNoOtherWord(String query) throws IOException {
    assertThat(search(query).exactTotal()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"they", "who", "\"they asked\"", "\"the who\""})
  void aWordOfGrammarIsNotTakenApart(String query) throws IOException {
    assertThat(search(query).hits())
        .extracting(hit -> hit.moment().moment().text())
        .doesNotContain(TALKS.get("en-letters"));
    assertThat(search(query.replace("they", "t hey").replace("who", "WHO")).hits())
        .extracting(hit -> hit.moment().moment().text())
        .contains(TALKS.get("en-letters"));
  }

  @ParameterizedTest
  @CsvSource({
    "China, es",
    "Cuba, ''",
    "U.S., en-america",
    "US, en-america",
    "\"U.S.\", en-america",
    "us, en-us",
    ".NET, en-america",
    "net, ''",
    "C#, en-language",
    "C++, en-language",
    "Thomas, en-owner",
    "Thomas's, en-owner",
    "boss, en-owner",
    "Agnes, en-owner",
    "mesa, es",
  })
  void differentWordsStayDifferent(String query, String talk) throws IOException {
    SearchPage page = engine.search(SearchRequest.of(query).withNear(SearchRequest.Near.FALSE));
    List<String> found = page.hits().stream().map(hit -> hit.moment().moment().text()).toList();
    assertThat(found)
        .isEqualTo(talk.isEmpty() ? List.of() : List.of(String.valueOf(TALKS.get(talk))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"?!", "…", "\"!\"", "- +", "*", "~", "( )"})
  void signsFindNothingAndSaySo(String query) throws IOException {
    SearchPage page = search(query);
    assertThat(page.total()).isZero();
    assertThat(page.notUnderstood()).isNotEmpty();
    assertThat(page.didYouMean()).isNull();
  }

  @Test
  void aFormIsMarkedInItsOwnLanguageOnly() throws IOException {
    SearchPage page = search("chinas");
    assertThat(page.hits())
        .allSatisfy(hit ->
            assertThat(hit.moment().moment().text().toLowerCase(Locale.ROOT)).contains("china"));
  }
}
