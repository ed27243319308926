package com.corundumstudio.socketio;

import java.util.Collections;
import java.util.Map;

/** The decision about a request, and values for the store of the client. */
public class AuthorizationResult {
    /** Accepts the request. */
    public static final AuthorizationResult SUCCESSFUL_AUTHORIZATION = new AuthorizationResult(true);

    /** Rejects the request. */
    public static final AuthorizationResult FAILED_AUTHORIZATION = new AuthorizationResult(false);

    private final boolean authorized;
    private final Map<String, Object> storeParams;

    /** Creates a decision without values. */
    public AuthorizationResult(boolean isAuthorized) {
        this(isAuthorized, Map.of());
    }

    /** @param storeParams the values that the client finds in its store */
    public AuthorizationResult(boolean isAuthorized, Map<String, Object> storeParams) {
        this.authorized = isAuthorized;
        this.storeParams = Collections.unmodifiableMap(storeParams);
    }

    /** Returns whether the request is accepted. */
    public boolean isAuthorized() {
        return authorized;
    }

    /** Returns the values for the store. */
    public Map<String, Object> getStoreParams() {
        return storeParams;
    }
}
