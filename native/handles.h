// What the sources of the shim share: tensor handles and the way out of a failing entry.
#pragma once

#include "torch.h"

#include <ATen/ATen.h>

#include <cstdlib>
#include <stdexcept>
#include <string>

namespace cawb {

// The text that cawb_torch_error gives, per thread.
extern thread_local std::string last_error;

struct Fault : std::runtime_error {
    using std::runtime_error::runtime_error;
};

// Every entry catches everything: an exception that crosses into the runtime would end the process.
template <class Body>
auto guarded(Body body, decltype(body()) failure) noexcept -> decltype(body()) {
    try {
        return body();
    } catch (const c10::Error& error) {
        last_error = error.what_without_backtrace();
    } catch (const std::exception& error) {
        last_error = error.what();
    } catch (...) {
        last_error = "an exception of an unknown type";
    }
    return failure;
}

// Another reference to the tensor of a handle.
at::Tensor borrow(void* handle);
// A new handle; the caller gives it back with cawb_torch_release.
void* give(at::Tensor tensor);

}  // namespace cawb
