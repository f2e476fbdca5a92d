package dev.earmark.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The questions whose answers are known, and the transcripts to find them in.
 *
 * @param talks timed talks, without their headings
 * @param train meetings to choose by
 * @param val meetings to report
 */
record QualityData(List<TimedTalk> talks, List<Meeting> train, List<Meeting> val) {

  /**
   * Reads what lies in a folder of corpora.
   *
   * @param corpora holds {@code bitcoin} and {@code qmsum}
   */
  static QualityData read(Path corpora) throws IOException {
    List<TimedTalk> talks = new ArrayList<>();
    int number = 0;
    for (Path file : files(corpora.resolve("bitcoin"), ".md")) {
      TimedTalk talk = TimedTalk.read("talk-" + number, Files.readString(file));
      if (!talk.headings().isEmpty()) {
        talks.add(talk);
        number++;
      }
    }
    return new QualityData(
        talks, meetings(corpora.resolve("qmsum/train")), meetings(corpora.resolve("qmsum/val")));
  }

  private static List<Meeting> meetings(Path folder) throws IOException {
    List<Meeting> meetings = new ArrayList<>();
    for (Path file : files(folder, ".json")) {
      String id = folder.getFileName() + "-" + meetings.size();
      meetings.add(Meeting.read(id, file));
    }
    return meetings;
  }

  private static List<Path> files(Path folder, String ending) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }

  /** Every so many of the talks and of the meetings to choose by; all meetings to report. */
  QualityData everyNth(int nth) {
    return new QualityData(everyNth(talks, nth), everyNth(train, nth), val);
  }

  private static <T> List<T> everyNth(List<T> all, int nth) {
    return IntStream.range(0, all.size()).filter(i -> i % nth == 0).mapToObj(all::get).toList();
  }

  /** Writes the talks as files to index. */
  void writeTalks(Path folder) throws IOException {
    Files.createDirectories(folder);
    for (TimedTalk talk : talks) {
      Files.writeString(folder.resolve(talk.id() + ".md"), talk.text());
    }
  }

  /** Writes all meetings as files to index. */
  void writeMeetings(Path folder) throws IOException {
    write(Stream.concat(train.stream(), val.stream()).toList(), folder);
  }

  /** Writes some meetings as files to index. */
  static void write(List<Meeting> meetings, Path folder) throws IOException {
    Files.createDirectories(folder);
    for (Meeting meeting : meetings) {
      Files.writeString(folder.resolve(meeting.id() + ".vtt"), meeting.webVtt());
    }
  }

  /**
   * The headings of every other talk as questions.
   *
   * <p>A heading that several talks have, such as "Introduction", does not say which is meant and
   * is left out.
   *
   * @param half 0 or 1
   */
  List<KnownMoment> headings(int half) {
    Map<String, Integer> talksWith = new LinkedHashMap<>();
    for (TimedTalk talk : talks) {
      talk.headings().stream()
          .map(heading -> KnownMoment.asQuery(heading.title()))
          .distinct()
          .forEach(query -> talksWith.merge(query, 1, Integer::sum));
    }
    List<KnownMoment> moments = new ArrayList<>();
    for (int i = half; i < talks.size(); i += 2) {
      TimedTalk talk = talks.get(i);
      for (TimedTalk.Heading heading : talk.headings()) {
        String query = KnownMoment.asQuery(heading.title());
        if (!query.isEmpty() && talksWith.getOrDefault(query, 0) == 1) {
          moments.add(new KnownMoment(query, talk.id(), List.of(heading.span())));
        }
      }
    }
    return moments;
  }

  /** The topics of some meetings as questions. */
  static List<KnownMoment> topics(List<Meeting> meetings) {
    List<KnownMoment> moments = new ArrayList<>();
    for (Meeting meeting : meetings) {
      for (Meeting.Asked topic : meeting.topics()) {
        String query = KnownMoment.asQuery(topic.text());
        if (!query.isEmpty()) {
          moments.add(new KnownMoment(query, meeting.id(), meeting.spans(topic.turns())));
        }
      }
    }
    return moments;
  }
}
