package dev.earmark.search;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;

/** A small corpus that has one of everything engines can differ in; indexed beside the seeds. */
public final class ContractCorpus {
  private ContractCorpus() {}

  /** Writes it into a folder. */
  public static Path write(Path folder) throws IOException {
    Files.createDirectories(folder);
    picture(folder.resolve("cover.png"));
    talk(
        folder,
        "wallets",
        "en",
        """
        title: Wallets that do more
        show: Chain Room
        date: 2025-03-02
        topics: [accounts]
        """,
        "Mira Holt|Welcome back. Today we look at what accounts may soon be able to do on their"
            + " own.",
        "Jon Abe|With EIP-7702 an ordinary account can run code for the length of one transaction.",
        "Mira Holt|We tried that on DevNet2 and the batch of transfers went through on the first"
            + " try.",
        "Jon Abe|A wallet can pay the fee in some other token, and nobody has to hold ether for"
            + " it.",
        "Mira Holt|That was the account side. Recovery by friends is what most people asked us"
            + " about.",
        "Jon Abe|If three of your five friends sign, the key is changed and the old one is"
            + " worthless.",
        "Mira Holt|We deploy the site to Verscell, and later Taku was what the validators ran at"
            + " home.",
        "Jon Abe|The validators ran Teku once, and most of it is type script now, in a data base.",
        "Mira Holt|I take it that everybody has heard of it. Take your time and take a note.");
    talk(
        folder,
        "garden",
        "en",
        """
        title: A garden on the roof
        show: The Hedge
        date: 2024-11-20
        """,
        "Ann Hill|The rain barrel is empty again, so watering is by hand from the kitchen this"
            + " week.",
        "Zoë Müller|Tomatoes want the warm wall, and the beans climb whatever stands next to them.",
        "Ann Hill|We had frost in May, which is late, and lost the whole row of early beans to it.",
        "Zoë Müller|Compost goes on in autumn. The worms do the work and we only turn it over"
            + " once.",
        "Ann Hill|Somebody asked about frost cloth. It is cheap, and beans under it would have"
            + " lived.",
        "Zoë Müller|A wall that faces south gives back at night what the sun put into it by day.",
        "Ann Hill|The compost heap is warm again, and a compost heap wants air, as Mira Holt"
            + " says.");
    talk(
        folder,
        "river",
        "en",
        """
        title: Floods and how towns live with them
        show: The Hedge
        date: 2025-03-02
        """,
        "Ann Hill|The river rose four metres in a night and the gauges upstream had stopped"
            + " sending.",
        "Ben Ode|Barriers hold, but the water then goes to the next town, who have none to hold"
            + " it.",
        "Ann Hill|Insurance is the part nobody likes to talk about, since half the houses have"
            + " none.",
        "Ben Ode|What helped was the meadow: it floods first, and it floods where nobody lives.",
        "Ann Hill|They flooded it on purpose, years before, to see how much water it would take.",
        "Ben Ode|A flood of letters came after that, for and against, and the meadow stayed.");
    Files.writeString(
        folder.resolve("river.chapters.json"),
        """
        {"version": "1.2.0", "chapters": [
          {"startTime": 0, "title": "The night of the gauges"},
          {"startTime": 28, "title": "Paying for damage"},
          {"startTime": 56, "title": "A meadow that floods"}]}
        """);
    talk(
        folder,
        "kueste",
        "de",
        "title: Häuser an der Küste\nshow: Küstenfunk\n",
        "Uwe Stör|Die Häuser an der Küste wurden gebaut, und das Gift war in den Flaschen.",
        "Ina Loh|Der Hochwasserschutz kostet viel, und das Wasser steigt trotzdem jedes Jahr.",
        "Uwe Stör|Ein Schutz vor Hochwasser ist kein Küstenschutz, sagt die Versicherung dazu.",
        "Ina Loh|Die Versicherung zahlt, und der Schutz der Häuser ist teuer genug geworden.");
    talk(
        folder,
        "chevaux",
        "fr",
        "show: Radio Sud\n",
        "Léa Roux|Les chevaux galopaient, et nous avons parlé des maisons blanches.");
    talk(
        folder,
        "kniga",
        "ru",
        "date: 2023-01-09\n",
        "Анна|Мы говорили о книгах и о больших городах на севере.");
    talk(folder, "tokyo", "ja", "show: 東京の声\n", "花|昨日は東京タワーの近くで友達と話しました。京都は東にあります。");
    talk(folder, "seoul", "ko", "date: 2023-05-01\n", "민수|우리는 서울에서 고양이를 보았고 인공지능에 대해 말했습니다.");
    // One document without times, one with a long unbroken talk, one that says the same twice.
    Files.writeString(
        folder.resolve("notes.md"),
        """
        ---
        title: Notes on floods
        show: The Hedge
        ---
        # What was said

        Barriers hold water. The meadow floods, and the flood goes where nobody lives.

        ## Later

        Insurance is dear. The meadow stayed, and the river rose again the year after that.
        """);
    StringBuilder longTalk = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      longTalk
          .append("and then the ")
          .append(ORDINALS.get(i % ORDINALS.size()))
          .append(" boat came ");
    }
    talk(
        folder,
        "harbour",
        "en",
        "show: Chain Room\ndate: 2025-01-05\n",
        "Bo Bee|" + longTalk.toString().strip(),
        "Bo Bee|The harbour was full by then, and the last boat had to wait outside.",
        "Cy Sea|The harbour was full by then, and the last boat had to wait outside.");
    talk(
        folder,
        "ladder",
        "en",
        "show: The Hedge\ndate: 2023-03-01\ntopics: [Mooring-Line, ladders]\n",
        "Hill, A.|A ladder leans safest at the width of a foot for each four of height, says a"
            + " mooring line.",
        "Speaker 1|Somebody has to stand below and hold the ladder.");
    talk(
        folder,
        "saw",
        "en",
        "show: Chain Room\ndate: 2023-03-02\n",
        "Ben Ode (Guest)|Another of that name holds the ladder and the saw.",
        "Speaker 1|Nobody wrote down who said this about the saw.");
    talk(
        folder,
        "quay",
        "en",
        "show: Chain Room\n"
            + "date: 2023-03-03\n"
            + "topics: [Account, mooring lines]\n"
            + "heard: {Gullhaven: [Gull Haven, Gulhafen]}\n",
        "Cy Sea|We were here for the mooring lines at Gullhaven.",
        "Bo Bee|At Gull Haven the winch was broken, and then Gulhafens too.",
        "Cy Sea|Then the winch of Gulhafen has to wait, and so has Gull Haven.");
    // The same words once more: kept to be read, and nowhere in the answers.
    Files.writeString(
        folder.resolve("quay.txt"),
        "We were here for the mooring lines at Gullhaven.\n\n"
            + "At Gull Haven the winch was broken, and then Gulhafens too.\n\n"
            + "Then the winch of Gulhafen has to wait, and so has Gull Haven.\n");
    return folder;
  }

  /** A picture for all that lies here, of one colour. */
  private static void picture(Path file) throws IOException {
    BufferedImage picture = new BufferedImage(400, 400, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < 400; y++) {
      for (int x = 0; x < 400; x++) {
        picture.setRGB(x, y, 0x0B5D55);
      }
    }
    ImageIO.write(picture, "png", file.toFile());
  }

  private static final List<String> ORDINALS =
      List.of("first", "second", "third", "blue", "broken", "old", "seventh");

  /** A cue of twelve seconds each, two seconds apart. */
  private static void talk(Path folder, String name, String language, String header, String... cues)
      throws IOException {
    StringBuilder vtt = new StringBuilder("WEBVTT\nLanguage: " + language + "\n");
    for (int i = 0; i < cues.length; i++) {
      String[] cue = cues[i].split("\\|", 2);
      vtt.append(
          String.format(
              Locale.ROOT,
              "%n00:%02d:%02d.000 --> 00:%02d:%02d.000%n<v %s>%s%n",
              i * 14 / 60,
              i * 14 % 60,
              (i * 14 + 12) / 60,
              (i * 14 + 12) % 60,
              cue[0],
              cue[1]));
    }
    Files.writeString(folder.resolve(name + ".vtt"), vtt);
    Files.writeString(folder.resolve(name + ".yaml"), header);
  }
}
