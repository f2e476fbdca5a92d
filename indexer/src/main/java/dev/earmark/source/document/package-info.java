/** What people write about an episode: notes, articles, digests, feed items. */
@NullMarked
package dev.earmark.source.document;

import org.jspecify.annotations.NullMarked;
