package dev.earmark.index.lucene;

import com.google.auto.service.AutoService;
import org.apache.lucene.codecs.Codec;
import org.apache.lucene.codecs.FilterCodec;
import org.apache.lucene.codecs.StoredFieldsFormat;
import org.apache.lucene.codecs.compressing.CompressionMode;
import org.apache.lucene.codecs.lucene104.Lucene104Codec;
import org.apache.lucene.codecs.lucene90.compressing.Lucene90CompressingStoredFieldsFormat;

/**
 * Lucene's format of an index, with what is stored of a moment in small chunks.
 *
 * <p>A page of hits reads twenty moments from twenty places. Of Lucene's own chunks, which take a
 * tenth less room, some eight thousand bytes are unpacked for each: a dictionary, and half of what
 * is packed together; of these two thousand. Found by its name when an index is opened;
 * thread-safe.
 */
@AutoService(Codec.class)
public final class MomentsCodec extends FilterCodec {
  private static final int CHUNK_BYTES = 4 << 10;
  private static final int MOST_IN_CHUNK = 128;

  /** How many chunks a block of the index of chunks is for, as a power of two. */
  private static final int BLOCK_SHIFT = 10;

  private final StoredFieldsFormat stored =
      new Lucene90CompressingStoredFieldsFormat(
          "EarmarkStoredFields", CompressionMode.FAST, CHUNK_BYTES, MOST_IN_CHUNK, BLOCK_SHIFT);

  public MomentsCodec() {
    super("Earmark104", new Lucene104Codec());
  }

  @Override
  public StoredFieldsFormat storedFieldsFormat() {
    return stored;
  }
}
