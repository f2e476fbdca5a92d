package dev.earmark.search.lucene;

import dev.earmark.index.lucene.LuceneIndex;
import dev.earmark.model.Episode;
import dev.earmark.schema.Schema;
import dev.earmark.search.ShowProfile;
import dev.earmark.search.spoken.Deadline;
import dev.earmark.text.Words;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BitSet;
import org.apache.lucene.util.FixedBitSet;

/** Reads the profile of a show: its episodes and speakers. */
final class ShowReader {
  private ShowReader() {}

  /** The show of a name, however its case and accents are written; empty if there is none. */
  static Optional<ShowProfile> read(Snapshot snapshot, String wanted, Deadline deadline)
      throws IOException {
    Count count = new Count(snapshot, deadline);
    MomentScan.run(
        snapshot.searcher(),
        new TermQuery(new Term("show", Schema.label(Words.fold(wanted)))),
        deadline,
        count);
    if (count.episodes.isEmpty()) {
      return Optional.empty();
    }
    List<ShowProfile.Share> speakers = new ArrayList<>();
    count.bySpeaker.forEach(
        (speaker, words) -> speakers.add(new ShowProfile.Share(speaker, words)));
    return Optional.of(
        ShowProfile.of(wanted, count.moments, count.words, count.episodes, speakers));
  }

  /** Counts the words of the moments that go by, and reads the entry at the end of each episode. */
  private static final class Count implements MomentScan.Visitor {
    private final Deadline deadline;
    private final WordTally tally;
    private final StoredFields stored;
    private final List<Episode> episodes = new ArrayList<>();
    private final Map<String, Long> bySpeaker = new HashMap<>();
    private BitSet ends = new FixedBitSet(0);
    private int base;
    private int end = -1;
    private int moments;
    private long words;

    Count(Snapshot snapshot, Deadline deadline) throws IOException {
      this.deadline = deadline;
      this.tally = WordTally.of(snapshot);
      this.stored = snapshot.reader().storedFields();
    }

    @Override
    public void enter(LeafReaderContext leaf) throws IOException {
      base = leaf.docBase;
      ends = MomentColumns.of(leaf.reader()).episodeEnds();
      end = -1;
    }

    @Override
    public void visit(int document) throws IOException {
      if (document > end) {
        deadline.check();
        end = ends.nextSetBit(document);
        episodes.add(LuceneIndex.entry(stored, base + end).episode());
      }
      moments++;
      if (tally.isSaid(base + document)) {
        long here = tally.words(base + document);
        words += here;
        int speaker = tally.speakers().of(base + document);
        if (speaker >= 0) {
          bySpeaker.merge(tally.speakers().name(speaker), here, Long::sum);
        }
      }
    }
  }
}
