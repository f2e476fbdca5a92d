package dev.earmark.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earmark.model.EpisodeFields;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PathFactsTest {
  private static final Path ROOT = Path.of("/pods");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "2024-03-12 - 042 - Ropes and knots    | 2024-03-12 | 42 | Ropes and knots",
        "20240319_quay-notes_ep43_tide-tables  | 2024-03-19 | 43 | Tide tables",
        "Quay Notes S02E05 The long pier       | -          | 5  | The long pier",
        "ep. 43 - Fog                          | -          | 43 | Fog",
        "12.03.2024 Nebel am Kai               | 2024-03-12 | -  | Nebel am Kai",
        "03-25-2024_lantern                    | 2024-03-25 | -  | Lantern",
        "March 5, 2023 - Night watch           | 2023-03-05 | -  | Night watch",
        "5 mar 2023 night                      | 2023-03-05 | -  | Night",
        "Folge 8 vom 12. November 2023         | 2023-11-12 | 8  | Folge 8",
        "Nebel am 3. März 2024                 | 2024-03-03 | -  | Nebel",
        "Le port - 1er février 2024            | 2024-02-01 | -  | Le port",
        "Mareas 5 de marzo de 2023             | 2023-03-05 | -  | Mareas",
        "maree-12-agosto-2023                  | 2023-08-12 | -  | Maree",
        "12 boats 2023                         | -          | -  | 12 boats 2023",
        "GMT20240305-140102_Recording          | 2024-03-05 | -  | Recording",
        "Tide talk-20240305_140102-Recording   | 2024-03-05 | -  | Tide talk - Recording",
        "2024-03-05 14-01-02 fog               | 2024-03-05 | -  | Fog",
        "quay_notes_ep7_tide_and_fog_20220704  | 2022-07-04 | 7  | Tide and fog",
        "第42回 港の話                          | -          | 42 | 港の話",
        "Выпуск 12. Прилив и отлив             | -          | 12 | Прилив и отлив",
        "Épisode 3 – La marée                  | -          | 3  | La marée",
        "Odcinek 7 - Wiatr i fale              | -          | 7  | Wiatr i fale",
        "WhatsApp Audio 2023-11-05 at 14.22.10 | 2023-11-05 | -  | WhatsApp Audio",
        "Ep 3_ Who owns the sea_ (with Ada)    | -          | 3  | Who owns the sea (with Ada)",
        "Storm [aBcDeFgHiJk]                   | -          | -  | Storm",
        "New recording 12 (final)              | -          | -  | New recording 12 (final)",
        "interview-with-ben                    | -          | -  | Interview with ben",
        "042-fog_bells                         | -          | 42 | Fog bells",
        "042                                   | -          | 42 | -",
        "100-days-of-rain                      | -          | -  | 100 days of rain",
        "2024-13-45 nothing                    | -          | -  | 2024-13-45 nothing",
        "04-05-2024 either way                 | -          | -  | 04-05-2024 either way",
      })
  void whatANameSays(
      String stem, @Nullable String date, @Nullable Integer number, @Nullable String title) {
    EpisodeFields fields = PathFacts.of(stem, ROOT.resolve("Quay Notes"), ROOT, false);
    assertThat(fields.title()).isEqualTo(title);
    assertThat(fields.number()).isEqualTo(number);
    assertThat(fields.date() == null ? null : fields.date().toString()).isEqualTo(date);
    assertThat(fields.show()).isEqualTo(date == null && number == null ? null : "Quay Notes");
  }

  @ParameterizedTest
  @CsvSource({
    "Quay Notes S02E05 The long pier, 2, 5, The long pier",
    "quay-notes_s2e5_the-long-pier, 2, 5, The long pier",
    "QUAY NOTES s02.e05 The long pier, 2, 5, The long pier",
    "Quay Notes - 2x05 - The long pier, 2, 5, The long pier",
    "Season 2 Episode 5 - The long pier, 2, 5, The long pier",
    "Staffel 2 Folge 5 The long pier, 2, 5, The long pier",
    "S02 E05 - The long pier, 2, 5, The long pier",
  })
  void seasonsAreKept(String stem, int season, int number, String title) {
    EpisodeFields fields = PathFacts.of(stem, ROOT.resolve("Quay Notes"), ROOT, false);
    assertThat(fields.season()).isEqualTo(season);
    assertThat(fields.number()).isEqualTo(number);
    assertThat(fields.title()).isEqualTo(title);
    assertThat(fields.show()).isEqualTo("Quay Notes");
  }

  @Test
  void whatStandsBeforeSeasonAndEpisodeIsTheShow() {
    Path downloads = ROOT.resolve("Downloads");
    for (String name :
        java.util.List.of(
            "the_daily_tide-s1e12-knots_and_splices_2022_07_04",
            "The.daily.tide.s01e12.Knots.and.splices",
            "The daily tide - 1x12 - Knots and splices",
            "The daily tide #12 - Knots and splices",
            "The daily tide - 2022-07-04 - Knots and splices")) {
      EpisodeFields fields = PathFacts.of(name, downloads, ROOT, false);
      assertThat(fields.show()).as(name).isEqualTo("The daily tide");
      assertThat(fields.title()).as(name).isEqualTo("Knots and splices");
    }
    // A season that is written out is said within a title.
    assertThat(PathFacts.of("Fog season 2 episode 5 live", downloads, ROOT, false).show()).isNull();
    assertThat(PathFacts.of("Knots s01e12", downloads, ROOT, false).show()).isNull();
  }

  @Test
  void aFolderOfASeasonGivesItToWhatIsNumbered() {
    Path folder = ROOT.resolve("Quay Notes/Season 3");
    assertThat(PathFacts.of("05 - The long pier", folder, ROOT, false).season()).isEqualTo(3);
    assertThat(PathFacts.of("The long pier", folder, ROOT, false).season()).isNull();
    assertThat(PathFacts.of("1920x1080 test", folder, ROOT, false).season()).isNull();
  }

  @Test
  void theFolderThatIsReadNamesAShowOnlyIfItLooksLikeATitle() {
    assertThat(PathFacts.of("042-fog", Path.of("/tmp/x7"), Path.of("/tmp/x7"), false).show())
        .isNull();
    Path titled = Path.of("/tmp/Quay Notes");
    assertThat(PathFacts.of("042-fog", titled, titled, false).show()).isEqualTo("Quay Notes");
  }

  @Test
  void foldersThatOnlySortAreNoShow() {
    Path deep = ROOT.resolve("Quay Notes/Season 2/transcripts/2024-03-12");
    assertThat(PathFacts.of("042-fog", deep, ROOT, false).show()).isEqualTo("Quay Notes");
    assertThat(PathFacts.of("042-fog", ROOT.resolve("transcripts"), ROOT, false).show()).isNull();
  }

  @Test
  void aVideoIdInBracketsIsTheVideo() {
    assertThat(PathFacts.of("Storm [aBcDeFgHiJk]", ROOT, ROOT, false).media().youtube())
        .isEqualTo("aBcDeFgHiJk");
  }

  @Test
  void leadingNumbersCountWhereMostNamesHaveThem() {
    assertThat(PathFacts.areNumbered(java.util.List.of("1-a", "2-b", "13-c", "extra"))).isTrue();
    assertThat(PathFacts.areNumbered(java.util.List.of("1-a", "b", "c"))).isFalse();
    assertThat(PathFacts.of("13-storm", ROOT, ROOT, true).number()).isEqualTo(13);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "talk.en.vtt, talk, en",
        "talk.en-orig.vtt, talk, en",
        "talk.pt-BR.srt, talk, pt-BR",
        "talk.de.auto.vtt, talk, de",
        "talk.vtt, talk, -",
        "talk.xq.vtt, talk, -",
      })
  void languageOfAName(String name, String stem, @Nullable String language) {
    assertThat(PathFacts.language(name, stem)).isEqualTo(language);
  }

  @Test
  void controlCharactersAreNoPartOfATitle() {
    assertThat(PathFacts.of("fog\u0007 bells", ROOT, ROOT, false).title()).isEqualTo("fog bells");
  }
}
