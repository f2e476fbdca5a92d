@NullMarked
package dev.earmark.search.opensearch;

import org.jspecify.annotations.NullMarked;
