package dev.earmark.search.lucene;

import dev.earmark.query.NotUnderstood;
import java.util.List;
import org.apache.lucene.search.Query;

/**
 * A query as Lucene is asked it.
 *
 * @param query which moments match and how well
 * @param patterns what to mark in their text
 * @param notUnderstood what was cut or could not be done, beside what the parser reported
 */
record CompiledQuery(Query query, List<Pattern> patterns, List<NotUnderstood> notUnderstood) {}
