package dev.earmark.search.lucene;

import com.github.benmanes.caffeine.cache.Cache;
import dev.earmark.model.Kind;
import dev.earmark.schema.Schema;
import dev.earmark.search.SpeakerProfile;
import dev.earmark.search.spoken.Deadline;
import dev.earmark.search.spoken.Footprint;
import dev.earmark.search.spoken.SpeakerStatistics;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;

/** Reads the profile of a speaker from everything they say. Not thread-safe; one a speaker. */
final class SpeakerReader {
  private static final long BYTES_KEPT = 8 << 20;

  private final Snapshot snapshot;
  private final Deadline deadline;
  private final SpeakerStatistics voice = new SpeakerStatistics();

  /** The profiles cached with a snapshot; one may take long to read. */
  private static final class Profiles {
    private final Cache<String, Optional<SpeakerProfile>> byName = Footprint.cache(BYTES_KEPT);
  }

  /** What there is of a name, however its case and accents are written; empty if nothing is. */
  static Optional<SpeakerProfile> read(Snapshot snapshot, String name, Deadline deadline)
      throws IOException {
    Cache<String, Optional<SpeakerProfile>> known =
        snapshot.once(Profiles.class, Profiles::new).byName;
    String folded = key(name);
    Optional<SpeakerProfile> profile = known.getIfPresent(folded);
    if (profile == null) {
      profile = new SpeakerReader(snapshot, deadline).read(name);
      if (!deadline.cutShort()) {
        known.put(folded, profile);
      }
    }
    return profile;
  }

  private static String key(String name) {
    return Schema.field(Schema.SPEAKER).orElseThrow().key(name);
  }

  private SpeakerReader(Snapshot snapshot, Deadline deadline) {
    this.snapshot = snapshot;
    this.deadline = deadline;
  }

  private Optional<SpeakerProfile> read(String wanted) throws IOException {
    TermQuery theirs = new TermQuery(new Term(Schema.SPEAKER, Schema.label(key(wanted))));
    read(theirs, Kind.SEGMENT);
    if (voice.isEmpty()) {
      // All that is there of some is what others quote.
      read(theirs, Kind.QUOTE);
    }
    int all = snapshot.searcher().count(theirs);
    return all == 0
        ? Optional.empty()
        : Optional.of(
            voice.profile(
                wanted,
                all,
                EpisodeEntries.of(snapshot)::get,
                WordTally.of(snapshot).allWords(),
                this::frequencies));
  }

  private Map<String, Long> frequencies(Collection<String> words) throws IOException {
    Map<String, Long> frequencies = new HashMap<>();
    for (LeafReaderContext leaf : snapshot.reader().leaves()) {
      Terms terms = leaf.reader().terms(Schema.TEXT_FIELD);
      if (terms == null) {
        continue;
      }
      // One for all words, since to open one takes as long as to find a word.
      TermsEnum term = terms.iterator();
      for (String word : words) {
        if (term.seekExact(new BytesRef(word))) {
          frequencies.merge(word, term.totalTermFreq(), Long::sum);
        }
      }
    }
    return frequencies;
  }

  private void read(TermQuery theirs, Kind kind) throws IOException {
    MomentReader moments = new MomentReader(snapshot);
    MomentScan.run(
        snapshot.searcher(),
        theirs,
        deadline,
        new MomentScan.Visitor() {
          private int base;

          @Override
          public void enter(LeafReaderContext leaf) {
            base = leaf.docBase;
          }

          @Override
          public void visit(int document) throws IOException {
            // A moment is read whole here, which takes as long as many steps.
            deadline.check();
            if (kind != Kind.SEGMENT || WordTally.of(snapshot).isSaid(base + document)) {
              voice.add(moments.read(base + document), kind);
            }
          }
        });
  }
}
