/** The index on OpenSearch. */
@NullMarked
package dev.earmark.index.opensearch;

import org.jspecify.annotations.NullMarked;
