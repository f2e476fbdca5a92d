package dev.earmark.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earmark.model.Problem;
import dev.earmark.model.ProblemLog;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Text of many languages, in the encodings in which each was written, read as what it says. */
class EncodingGuessTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          windows-1250 ISO-8859-2 IBM852 | Dzień dobry wszystkim. Dźwig jest znowu zepsuty, więc czekamy na wieczorny przypływ. Nikt mi o tym nie powiedział, choć było to napisane na tablicy.
          windows-1250 ISO-8859-2 IBM852 | Dobré ráno všem. Jeřáb je zase rozbitý, takže počkáme na večerní příliv. Nikdo mi o tom neřekl, přestože to bylo napsáno na tabuli.
          windows-1250 ISO-8859-2 IBM852 | Dobré ráno všetkým. Žeriav je opäť pokazený, takže počkáme na večerný príliv. Nikto mi o tom nepovedal, hoci to bolo napísané na tabuli.
          windows-1250 ISO-8859-2 IBM852 | Jó reggelt mindenkinek. A daru megint elromlott, így várunk az esti dagályra. Senki sem szólt erről, pedig ki volt írva a táblára, és a kötél is rövid volt, túl rövid, ezért hosszabbat keresünk, erősebbet.
          windows-1250 ISO-8859-2 | Dobro jutro svima. Dizalica je opet pokvarena, pa čekamo večernju plimu. Nitko mi to nije rekao, a pisalo je na ploči: možemo početi tek kad dođe čovjek iz škvera.
          windows-1250 ISO-8859-2 | Dobro jutro vsem. Žerjav je spet pokvarjen, zato čakamo na večerno plimo. Nihče mi ni povedal, čeprav je pisalo na tabli.
          windows-1250 ISO-8859-2 | Bună dimineaţa tuturor. Macaraua s-a stricat din nou, aşa că aşteptăm mareea de seară. Nimeni nu mi-a spus, deşi scria pe tablă şi în ziar.
          windows-1254 ISO-8859-9 | Herkese günaydın. Vinç yine bozuldu, bu yüzden akşam gelgitini bekliyoruz. Tahtada yazıyordu ama kimse bana söylemedi. Işığı açtığımızda her şey çok güzeldi.
          windows-1256 ISO-8859-6 | صباح الخير جميعا. الرافعة معطلة مرة أخرى، لذلك ننتظر المد في المساء. لم يخبرني أحد بذلك، مع أنه كان مكتوبا على اللوح.
          windows-1257 | Labas rytas visiems. Kranas vėl sugedo, todėl laukiame vakarinio potvynio. Niekas man apie tai nesakė, nors buvo užrašyta ant lentos, žinoma, mažomis raidėmis.
          windows-1257 | Labrīt visiem. Celtnis atkal ir salūzis, tāpēc gaidām vakara paisumu. Neviens man par to neteica, lai gan tas bija rakstīts uz tāfeles.
          windows-1252 ISO-8859-1 IBM850 | Bonjour à tous. La grue est encore cassée, alors nous attendons la marée du soir. Personne ne m'en a parlé, c'était pourtant écrit au tableau dès le début.
          windows-1252 ISO-8859-1 IBM850 | Guten Morgen. Der Kran ist schon wieder kaputt, also müssen wir auf die Flut warten. Das hätte mir jemand erzählen können, es stand groß an der Tafel.
          windows-1252 ISO-8859-1 | Buenos días a todos. La grúa está rota otra vez, así que esperamos la marea. ¿Quién lo sabía? Nadie me dijo nada, aunque mañana vendrá el señor del astillero.
          windows-1252 ISO-8859-1 | Bom dia a todos. O guindaste está quebrado outra vez, então esperamos a maré. Ninguém me disse nada, mas a informação não estava lá.
          windows-1252 ISO-8859-1 | God morgon allihopa. Kranen är trasig igen, så vi väntar på kvällens flod. Ingen sade något till mig, fast det stod på tavlan både här och där.
          windows-1252 ISO-8859-1 | Godmorgen alle sammen. Kranen er gået i stykker igen, så vi venter på højvande. Ingen sagde det til mig, selv om det stod på tavlen, og æren er ikke min.
          windows-1252 ISO-8859-1 | Góðan daginn öll. Kraninn er aftur bilaður, svo við bíðum eftir flóðinu. Enginn sagði mér það þó að það væri skrifað á töfluna.
          windows-1250 ISO-8859-2 | Dobrý den všem, jeřáb je zase rozbitý. Počkáme tedy na večerní příliv, říkám to vážně.
          UTF-16LE UTF-16BE | Доброе утро всем. Тогда подождём прилива, он будет вечером.
          ISO-2022-JP EUC-JP | 皆さんおはようございます、クレーンがまた壊れました。では夕方の潮を待ちましょう。
          ISO-2022-KR EUC-KR | 여러분 안녕하세요. 크레인이 또 고장 났어요. 그럼 저녁 밀물을 기다립시다.
          windows-1251 KOI8-R IBM866 ISO-8859-5 | Доброе утро всем. Кран снова сломан, поэтому мы ждём вечернего прилива. Никто мне об этом не сказал, хотя это было написано на доске.
          windows-1253 ISO-8859-7 | Καλημέρα σε όλους. Ο γερανός χάλασε πάλι, οπότε περιμένουμε την παλίρροια. Κανείς δεν μου το είπε, αν και ήταν γραμμένο στον πίνακα.
          windows-1255 | בוקר טוב לכולם. המנוף שוב מקולקל, אז אנחנו מחכים לגאות של הערב. אף אחד לא אמר לי, למרות שזה היה כתוב על הלוח.
          """)
  void readsTheText(String encodings, String text) {
    for (String name : encodings.split(" ")) {
      byte[] bytes = text.getBytes(Charset.forName(name));
      assertThat(new RawSource("t.txt", bytes).text()).as(name).isEqualTo(text);
      byte[] captions =
          ("1\n00:00:01,000 --> 00:00:09,000\n"
                  + text
                  + "\n\n2\n00:00:10,000 --> 00:00:12,000\nA\n")
              .getBytes(Charset.forName(name));
      assertThat(new RawSource("t.srt", captions).text()).as(name).contains(text);
    }
  }

  @Test
  void saysWhatWasTakenAndHowSureThatIs() {
    String text = "Dzień dobry. Dźwig jest znowu zepsuty, więc czekamy.";
    RawSource source = new RawSource("t.txt", text.getBytes(Charset.forName("windows-1250")));
    assertThat(source.text()).isEqualTo(text);
    assertThat(problems(source))
        .singleElement()
        .satisfies(problem -> {
          assertThat(problem.code()).isEqualTo("encoding-guessed");
          assertThat(problem.remedy())
              .contains("windows-1250", "% sure", "encoding: NAME", "--encoding NAME");
        });
  }

  @Test
  void aTieIsSaidToBeOne() {
    // One letter that two alphabets have at this place.
    RawSource source = new RawSource("t.txt", new byte[] {'r', (byte) 0xE8, 's', 't', 'e'});
    assertThat(source.text()).hasSize(5);
    assertThat(problems(source).getFirst().remedy()).contains("(else ");
  }

  @Test
  void whatIsSaidIsTaken() {
    Charset said = Charset.forName("windows-1257");
    byte[] bytes = "žinoma".getBytes(said);
    RawSource source = new RawSource("t.txt", bytes, said);
    assertThat(source.text()).isEqualTo("žinoma");
    assertThat(problems(source)).isEmpty();
  }

  @Test
  void utf8StaysSoWhateverIsSaidOfTheFolder() {
    byte[] bytes = "Dzień dobry".getBytes(StandardCharsets.UTF_8);
    RawSource source = new RawSource("t.txt", bytes, Charset.forName("windows-1250"));
    assertThat(source.text()).isEqualTo("Dzień dobry");
    assertThat(problems(source)).extracting(Problem::code).containsExactly("encoding-not-needed");
  }

  @Test
  void whatIsNoTextIsSaidToBeNone() {
    byte[] bytes = "Hello there, this is the harbour.\n".getBytes(Charset.forName("UTF-32LE"));
    RawSource source = new RawSource("t.txt", bytes);
    assertThat(source.text()).contains("\uFFFD");
    assertThat(problems(source)).extracting(Problem::code).containsExactly("encoding-unknown");
    assertThat(problems(source).getFirst().remedy()).contains("--encoding NAME");
  }

  private static List<Problem> problems(RawSource source) {
    ProblemLog log = new ProblemLog("t.txt");
    source.reportEncoding(log);
    return new ArrayList<>(log.problems());
  }
}
