package dev.earmark.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earmark.search.Hit.Why;
import dev.earmark.search.lucene.LuceneSearchEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Many languages in one index: each finds its own words in their forms. */
class LanguagesTest {
  private static final String[][] TALKS = {
    {"en", "The ferries were running late in the gift shop of the harbour."},
    {"de", "Die Häuser an der Küste wurden gebaut, und das Gift war in den Flaschen."},
    {"fr", "Les chevaux galopaient, et nous avons parlé des maisons blanches."},
    {"es", "Las ciudades crecieron y los niños cantaban canciones antiguas."},
    {"pt", "As crianças cantavam e as montanhas estavam cobertas de neve."},
    {"it", "Le montagne erano coperte di neve e i bambini giocavano."},
    {"nl", "De boeken lagen open en de kinderen speelden buiten."},
    {"ru", "Мы говорили о книгах и о больших городах на севере."},
    {"ja", "昨日は東京タワーの近くで友達と話しました。京都は東にあります。"},
    {"zh", "我们昨天在上海讨论了人工智能的发展。海上有很多船。"},
    {"ca", "Les muntanyes eren blanques i els nens jugaven sempre."},
    {"hi", "किताबें मेज पर हैं और लड़के बाहर खेल रहे हैं।"},
    {"sr", "Књиге су биле на столу, а деца су певала."},
    {"id", "Anak itu sedang membaca buku di sekolah."},
    {"el", "Τα βιβλία και οι θάλασσες ήταν μακριά από την πόλη."},
    {"ko", "우리는 서울에서 고양이를 보았고 인공지능에 대해 말했습니다."},
  };

  @TempDir static Path folder;
  private static LuceneSearchEngine engine;

  @BeforeAll
  static void index() throws IOException {
    Path corpus = Files.createDirectories(folder.resolve("corpus"));
    for (String[] talk : TALKS) {
      Files.writeString(
          corpus.resolve(talk[0] + ".vtt"),
          "WEBVTT\nLanguage: " + talk[0] + "\n\n00:01.000 --> 00:09.000\n" + talk[1] + "\n");
    }
    Corpora.index(folder.resolve("index"), corpus);
    engine = LuceneSearchEngine.open(folder.resolve("index"));
  }

  @AfterAll
  static void close() throws IOException {
    engine.close();
  }

  private static SearchPage search(String query) throws IOException {
    return engine.search(SearchRequest.of(query));
  }

  @ParameterizedTest
  @CsvSource({
    "en, ferry, ferries",
    "en, run, running",
    "de, Haus, Häuser",
    "de, Flasche, Flaschen",
    "fr, maison, maisons",
    "fr, parler, parlé",
    "es, ciudad, ciudades",
    "es, cantar, cantaban",
    "pt, criança, crianças",
    "pt, montanha, montanhas",
    "it, montagna, montagne",
    "it, bambino, bambini",
    "nl, boek, boeken",
    "ru, книга, книгах",
    "ru, город, городах",
    "ca, muntanya, muntanyes",
    "hi, किताब, किताबें",
    "sr, књига, Књиге",
    "id, baca, membaca",
    "el, θάλασσα, θάλασσες",
    "ko, 서울, 서울에서",
    "ko, 서울은, 서울에서",
    "ko, 고양이, 고양이를",
    "ko, 인공지능, 인공지능에",
  })
  void anotherFormOfTheWordIsFound(String language, String query, String said) throws IOException {
    SearchPage page = search("+" + query + " lang:" + language);
    assertThat(page.total()).isEqualTo(1);
    assertThat(page.hits().getFirst().why()).isEqualTo(Why.STEM);
    assertThat(page.hits().getFirst().matches()).extracting(Hit.Match::text).containsExactly(said);
    // Without the filter its own language is the first.
    assertThat(search(query).hits().getFirst().moment().language()).isEqualTo(language);
  }

  @ParameterizedTest
  @CsvSource({
    "東京タワー, ja, 東京タワー",
    "東京, ja, 東京",
    "タワー, ja, タワー",
    "友達と話し, ja, 友達と話し",
    "人工智能, zh, 人工智能",
    "上海, zh, 上海",
  })
  void wordsWithoutSpacesAreTheirCharactersInARow(String query, String language, String said)
      throws IOException {
    for (String typed : List.of(query, '"' + query + '"', '「' + query + '」')) {
      SearchPage page = search(typed);
      assertThat(page.total()).as(typed).isEqualTo(1);
      assertThat(page.hits().getFirst().moment().language()).isEqualTo(language);
      assertThat(page.hits().getFirst().matches())
          .extracting(Hit.Match::text)
          .containsExactly(said);
    }
  }

  @Test
  void charactersInAnotherOrderAreNotTheWord() throws IOException {
    // 京 and 東 both stand in the talk, and so do 海 and 上; these words do not.
    assertThat(search("京東").total()).isZero();
    assertThat(search("\"智能人工\"").total()).isZero();
  }

  @Test
  void ofALongRowThatIsNeverSaidTheLongestRowsThatAreSaidAreNearIt() throws IOException {
    // Said: 我们昨天在上海讨论了人工智能的发展.
    SearchPage page = search("我们昨天在北京讨论了人工智能");
    assertThat(page.total()).isEqualTo(1);
    assertThat(page.nearTotal()).isEqualTo(1);
    Hit hit = page.hits().getFirst();
    assertThat(hit.why()).isEqualTo(Why.FUZZY);
    assertThat(hit.matches()).extracting(Hit.Match::text).containsExactly("我们昨天在", "讨论了人工智能");
    // In quotes it is meant as it stands.
    assertThat(search("\"我们昨天在北京讨论了人工智能\"").total()).isZero();
  }

  @Test
  void theExactWordComesFirstInWhateverLanguage() throws IOException {
    SearchPage page = search("gift");
    assertThat(page.total()).isEqualTo(2);
    assertThat(page.hits()).extracting(Hit::why).containsOnly(Why.EXACT);
    assertThat(search("gift lang:de").total()).isEqualTo(1);
  }

  @Test
  void aFilmInFiveLanguagesIsFoundInEach() throws IOException {
    Path film = Files.createDirectories(folder.resolve("lighthouse"));
    for (String[] track :
        new String[][] {
          {"en", "The machine in the tower turns the lamp.", "It is safe behind the glass."},
          {"ja", "塔の機械が灯を回している。", "ガラスの後ろは安全だ。"},
          {"ru", "Машина в башне вращает лампу.", "За стеклом безопасно."},
          {"sv", "Maskinen i tornet vrider lampan.", "Det är tryggt bakom glaset."},
          {"ar", "الآلة في البرج تدير المصباح.", "المكان آمن خلف الزجاج."}
        }) {
      Files.writeString(
          film.resolve("lighthouse." + track[0] + ".vtt"),
          "WEBVTT\n\n00:01.000 --> 00:04.000\n%s\n\n00:05.000 --> 00:08.000\n%s\n"
              .formatted(track[1], track[2]));
    }
    try (LuceneSearchEngine dream = film(film)) {
      foundFirst(dream, "machines", "en");
      foundFirst(dream, "машины", "ru");
      foundFirst(dream, "安全", "ja");
      foundFirst(dream, "lampan", "sv");
      foundFirst(dream, "المصباح", "ar");
    }
  }

  @Test
  void aRealFilmInFiveLanguagesIsFoundInEach() throws IOException {
    Path film = Corpora.SHARED.resolve("corpora/sample/elephantsdream");
    Assumptions.assumeTrue(
        Files.isDirectory(film),
        () ->
            "that the subtitles of a real film are found in each of five languages ("
                + film
                + " is not there; subtitles of our own were asked)");
    try (LuceneSearchEngine dream = film(film)) {
      foundFirst(dream, "machine", "en");
      foundFirst(dream, "machines", "en");
      foundFirst(dream, "машина", "ru");
      foundFirst(dream, "安全", "ja");
    }
  }

  private static LuceneSearchEngine film(Path film) throws IOException {
    Path index = folder.resolve("index-" + film.getFileName());
    Corpora.index(index, film);
    LuceneSearchEngine engine = LuceneSearchEngine.open(index);
    List<String> languages =
        engine.search(SearchRequest.of("")).facets().get("lang").stream()
            .map(SearchPage.FacetValue::value)
            .toList();
    assertThat(languages).contains("en", "ja", "ru", "sv", "ar");
    return engine;
  }

  private static void foundFirst(LuceneSearchEngine film, String query, String language)
      throws IOException {
    SearchPage page = film.search(SearchRequest.of(query));
    assertThat(page.hits()).as(query).isNotEmpty();
    assertThat(page.hits().getFirst().moment().language()).as(query).isEqualTo(language);
  }
}
