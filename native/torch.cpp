// Tensors, gradients and settings of libtorch; see torch.h.
#include "handles.h"

#include <c10/core/GradMode.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/version.h>

#include <malloc.h>

#include <atomic>

using cawb::borrow;
using cawb::give;
using cawb::guarded;

thread_local std::string cawb::last_error;

namespace {

using Impl = c10::intrusive_ptr<c10::TensorImpl, c10::UndefinedTensorImpl>;

std::atomic<int64_t> live_handles{0};

// A training step frees and takes the same large blocks again and again. With glibc's defaults each of them is unmapped and
// faulted in anew, page by page; these thresholds keep them in the heap.
const bool allocator_tuned = [] {
    mallopt(M_MMAP_THRESHOLD, 32 << 20);
    mallopt(M_TRIM_THRESHOLD, 512 << 20);
    return true;
}();

}  // namespace

at::Tensor cawb::borrow(void* handle) {
    if (!handle) throw Fault("a tensor handle is null");
    return at::Tensor::wrap_tensor_impl(Impl::reclaim_copy(static_cast<c10::TensorImpl*>(handle)));
}

void* cawb::give(at::Tensor tensor) {
    live_handles.fetch_add(1, std::memory_order_relaxed);
    return tensor.unsafeReleaseTensorImpl();
}

const char* cawb_torch_error(void) { return cawb::last_error.c_str(); }

const char* cawb_torch_version(void) { return TORCH_VERSION; }

int32_t cawb_torch_has_cuda(void) {
    return guarded([] { return at::hasCUDA() ? 1 : 0; }, -1);
}

int64_t cawb_torch_live(void) { return live_handles.load(std::memory_order_relaxed); }

int32_t cawb_torch_manual_seed(int64_t seed) {
    return guarded(
        [=] {
            at::manual_seed(static_cast<uint64_t>(seed));
            return 0;
        },
        -1);
}

int32_t cawb_torch_set_deterministic(int32_t enabled) {
    return guarded(
        [=] {
            at::globalContext().setDeterministicAlgorithms(enabled != 0, false);
            return 0;
        },
        -1);
}

int32_t cawb_torch_get_grad_mode(void) { return c10::GradMode::is_enabled() ? 1 : 0; }

int32_t cawb_torch_set_grad_mode(int32_t enabled) {
    c10::GradMode::set_enabled(enabled != 0);
    return 0;
}

void cawb_torch_release(void* tensor) {
    if (!tensor) return;
    live_handles.fetch_sub(1, std::memory_order_relaxed);
    guarded(
        [=] {
            Impl::reclaim(static_cast<c10::TensorImpl*>(tensor));
            return 0;
        },
        -1);
}

int32_t cawb_torch_meta(void* tensor, cawb_meta* meta) {
    return guarded(
        [=] {
            auto* impl = static_cast<c10::TensorImpl*>(tensor);
            const auto sizes = impl->sizes();
            meta->sizes = sizes.data();
            meta->strides = impl->strides().data();
            meta->elements = impl->numel();
            meta->dimensions = static_cast<int32_t>(sizes.size());
            meta->element_type = static_cast<int32_t>(c10::typeMetaToScalarType(impl->dtype()));
            const auto device = impl->device();
            meta->device_type = static_cast<int32_t>(device.type());
            meta->device_index = device.index();
            meta->data = impl->numel() > 0 ? const_cast<void*>(static_cast<const void*>(impl->data())) : nullptr;
            const auto whole = borrow(tensor);
            meta->requires_grad = whole.requires_grad() ? 1 : 0;
            meta->is_leaf = whole.is_leaf() ? 1 : 0;
            meta->is_contiguous = whole.is_contiguous() ? 1 : 0;
            meta->is_channels_last = whole.dim() == 4 && whole.is_contiguous(at::MemoryFormat::ChannelsLast) ? 1 : 0;
            return 0;
        },
        -1);
}

int32_t cawb_torch_set_requires_grad(void* tensor, int32_t value) {
    return guarded(
        [=] {
            borrow(tensor).set_requires_grad(value != 0);
            return 0;
        },
        -1);
}

int32_t cawb_torch_get_gradient(void* tensor, void** gradient) {
    return guarded(
        [=] {
            const auto owner = borrow(tensor);
            if (!owner.grad().defined()) return 0;
            *gradient = give(owner.grad());
            return 1;
        },
        -1);
}

int32_t cawb_torch_set_gradient(void* tensor, void* gradient) {
    return guarded(
        [=] {
            auto owner = borrow(tensor);
            owner.mutable_grad() = gradient ? borrow(gradient) : at::Tensor();
            return 0;
        },
        -1);
}

int32_t cawb_torch_backward(void* root, void* gradient, int32_t retain_graph) {
    return guarded(
        [=] {
            torch::autograd::variable_list gradients;
            gradients.push_back(gradient ? borrow(gradient) : at::Tensor());
            torch::autograd::backward({borrow(root)}, gradients, retain_graph != 0, false);
            return 0;
        },
        -1);
}
