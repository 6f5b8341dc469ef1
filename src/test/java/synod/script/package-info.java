/**
 * Scripts: files of commands and of the transcript that is expected of them, after the datadriven
 * tests of etcd's raft. The tests of every protocol package use it; it knows no protocol.
 */
@NullMarked
package synod.script;

import org.jspecify.annotations.NullMarked;
