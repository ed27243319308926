package io.everwire.servlet.undertow;

import io.everwire.servlet.ServletHostContract;
import io.everwire.servlet.TestContainer;
import io.everwire.testkit.host.Deviation;
import io.everwire.testkit.host.HostFeature;
import java.util.Map;

/** Runs the host contract in Undertow. */
class UndertowHostTest extends ServletHostContract {
    @Override
    protected TestContainer container() {
        return new UndertowContainer();
    }

    @Override
    protected Map<HostFeature, String> missing() {
        Map<HostFeature, String> missing = super.missing();
        missing.put(HostFeature.RAW_TARGET, "Undertow rejects invalid escapes, also in the query.");
        missing.put(HostFeature.NO_RESET, "Undertow may reset a connection whose request still arrives.");
        return missing;
    }

    @Deviation("Undertow ends the name of a header at a space, too: it accepts a line without a colon.")
    @Override
    public void headerWithoutColon() {}

    @Deviation("Undertow takes a chunk without a length for the last one.")
    @Override
    public void malformedChunk() {}

    @Deviation("Undertow merges spaces in the values of headers.")
    @Override
    public void headerSpaces() {}

    @Deviation("Undertow sends a stream at its end if another request waits on the connection: BUFFER_PIPELINED_DATA.")
    @Override
    public void streamAndPipeline() {}

    @Deviation("Undertow does not look at the header Connection of a response that may not have a body.")
    @Override
    public void lastAnswer() {}
}
