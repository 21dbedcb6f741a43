// See torch.h. Every entry catches everything: an exception that crosses into the runtime would end the process.
#include "torch.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <c10/core/GradMode.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/version.h>

#include <dlfcn.h>
#include <malloc.h>

#include <atomic>
#include <cstring>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

namespace {

using c10::IValue;
using c10::TypeKind;
using Impl = c10::intrusive_ptr<c10::TensorImpl, c10::UndefinedTensorImpl>;
// std::optional or c10::optional, whichever this libtorch has.
using OptionalTensor = decltype(std::declval<const IValue&>().toOptional<at::Tensor>());

std::atomic<int64_t> live_handles{0};
thread_local std::string last_error;

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

struct Fault : std::runtime_error {
    using std::runtime_error::runtime_error;
};

at::Tensor borrow(void* handle) {
    if (!handle) throw Fault("a tensor handle is null");
    return at::Tensor::wrap_tensor_impl(Impl::reclaim_copy(static_cast<c10::TensorImpl*>(handle)));
}

void* give(at::Tensor tensor) {
    live_handles.fetch_add(1, std::memory_order_relaxed);
    return tensor.unsafeReleaseTensorImpl();
}

// The kinds of a schema's argument that a tagged value can carry.
enum class Kind : uint8_t { tensor, scalar, integer, real, boolean, string, device, integers, reals, booleans, tensors, optional_tensors, scalars, other };

struct Slot {
    Kind kind = Kind::other;
    bool optional = false;
    bool has_default = false;
    IValue fallback;
    std::string name;
    std::string type;
};

Kind kind_of(const c10::Type& type) {
    switch (type.kind()) {
        case TypeKind::TensorType: return Kind::tensor;
        case TypeKind::NumberType: return Kind::scalar;
        case TypeKind::IntType:
        case TypeKind::SymIntType: return Kind::integer;
        case TypeKind::FloatType: return Kind::real;
        case TypeKind::BoolType: return Kind::boolean;
        case TypeKind::StringType: return Kind::string;
        case TypeKind::DeviceObjType: return Kind::device;
        case TypeKind::ListType: break;
        default: return Kind::other;
    }
    const auto& element = *type.containedType(0);
    switch (element.kind()) {
        case TypeKind::TensorType: return Kind::tensors;
        case TypeKind::NumberType: return Kind::scalars;
        case TypeKind::IntType:
        case TypeKind::SymIntType: return Kind::integers;
        case TypeKind::FloatType: return Kind::reals;
        case TypeKind::BoolType: return Kind::booleans;
        case TypeKind::OptionalType: return element.containedType(0)->kind() == TypeKind::TensorType ? Kind::optional_tensors : Kind::other;
        default: return Kind::other;
    }
}

const char* tag_name(int32_t tag) {
    static const char* const names[] = {"nothing", "a tensor", "an integer", "a floating point number", "a truth value", "a string", "a list of integers",
        "a list of floating point numbers", "a list of truth values", "a list of tensors", "a device", "the default"};
    return tag >= 0 && tag < static_cast<int32_t>(sizeof names / sizeof *names) ? names[tag] : "an unknown kind of value";
}

}  // namespace

struct cawb_operator {
    c10::OperatorHandle handle;
    std::vector<Slot> slots;
};

namespace {

[[noreturn]] void refuse(const Slot& slot, const cawb_value& value) {
    throw Fault("argument '" + slot.name + "' is " + slot.type + "; got " + tag_name(value.tag));
}

c10::Device device_of(const cawb_value& value) {
    return c10::Device(static_cast<c10::DeviceType>(value.integer >> 32), static_cast<c10::DeviceIndex>(static_cast<int32_t>(value.integer)));
}

template <class Element, class Source>
IValue list_of(const cawb_value& value) {
    c10::List<Element> list;
    list.reserve(value.count);
    const auto* items = static_cast<const Source*>(value.pointer);
    for (int32_t i = 0; i < value.count; ++i) list.push_back(static_cast<Element>(items[i]));
    return IValue(std::move(list));
}

IValue tensors_of(const cawb_value& value, bool optional) {
    auto* const* items = static_cast<void* const*>(value.pointer);
    if (optional) {
        c10::List<OptionalTensor> list;
        list.reserve(value.count);
        for (int32_t i = 0; i < value.count; ++i) list.push_back(items[i] ? OptionalTensor(borrow(items[i])) : OptionalTensor());
        return IValue(std::move(list));
    }
    c10::List<at::Tensor> list;
    list.reserve(value.count);
    for (int32_t i = 0; i < value.count; ++i) list.push_back(borrow(items[i]));
    return IValue(std::move(list));
}

// The message is ours: an argument of another kind would end in an internal assertion inside libtorch, or worse be misread.
IValue convert(const cawb_value& value, const Slot& slot) {
    if (value.tag == CAWB_NONE && slot.optional) return IValue();
    if (value.tag == CAWB_DEFAULT && slot.has_default) return slot.fallback;
    switch (slot.kind) {
        case Kind::tensor:
            if (value.tag == CAWB_TENSOR) return IValue(borrow(value.pointer));
            break;
        case Kind::scalar:
            if (value.tag == CAWB_DOUBLE) return IValue(value.real);
            if (value.tag == CAWB_INT) return IValue(value.integer);
            if (value.tag == CAWB_BOOL) return IValue(value.integer != 0);
            break;
        case Kind::integer:
            if (value.tag == CAWB_INT) return IValue(value.integer);
            break;
        case Kind::real:
            if (value.tag == CAWB_DOUBLE) return IValue(value.real);
            if (value.tag == CAWB_INT) return IValue(static_cast<double>(value.integer));
            break;
        case Kind::boolean:
            if (value.tag == CAWB_BOOL) return IValue(value.integer != 0);
            break;
        case Kind::string:
            if (value.tag == CAWB_STRING) return IValue(std::string(static_cast<const char*>(value.pointer), value.count));
            break;
        case Kind::device:
            if (value.tag == CAWB_DEVICE) return IValue(device_of(value));
            break;
        case Kind::integers:
            if (value.tag == CAWB_INT_LIST) return list_of<int64_t, int64_t>(value);
            break;
        case Kind::reals:
            if (value.tag == CAWB_DOUBLE_LIST) return list_of<double, double>(value);
            break;
        case Kind::booleans:
            if (value.tag == CAWB_BOOL_LIST) return list_of<bool, uint8_t>(value);
            break;
        case Kind::scalars:
            if (value.tag == CAWB_DOUBLE_LIST) return list_of<at::Scalar, double>(value);
            if (value.tag == CAWB_INT_LIST) return list_of<at::Scalar, int64_t>(value);
            break;
        case Kind::tensors:
            if (value.tag == CAWB_TENSOR_LIST) return tensors_of(value, false);
            break;
        case Kind::optional_tensors:
            if (value.tag == CAWB_TENSOR_LIST) return tensors_of(value, true);
            break;
        case Kind::other: break;
    }
    refuse(slot, value);
}

void release_value(cawb_value& value) {
    if (value.tag == CAWB_TENSOR) cawb_torch_release(value.pointer);
    if (value.tag == CAWB_TENSOR_LIST) {
        auto** items = static_cast<void**>(value.pointer);
        for (int32_t i = 0; i < value.count; ++i) cawb_torch_release(items[i]);
        std::free(items);
    }
    value = cawb_value{};
}

cawb_value tensor_list_result(const IValue& result) {
    const auto tensors = result.toTensorVector();
    auto** items = static_cast<void**>(std::malloc(std::max<size_t>(1, tensors.size()) * sizeof(void*)));
    if (!items) throw std::bad_alloc();
    for (size_t i = 0; i < tensors.size(); ++i) items[i] = tensors[i].defined() ? give(tensors[i]) : nullptr;
    cawb_value value{};
    value.tag = CAWB_TENSOR_LIST;
    value.count = static_cast<int32_t>(tensors.size());
    value.pointer = items;
    return value;
}

cawb_value convert_result(IValue& result) {
    cawb_value value{};
    if (result.isTensor()) {
        auto tensor = std::move(result).toTensor();
        if (!tensor.defined()) return value;
        value.tag = CAWB_TENSOR;
        value.pointer = give(std::move(tensor));
    } else if (result.isInt()) {
        value.tag = CAWB_INT;
        value.integer = result.toInt();
    } else if (result.isDouble()) {
        value.tag = CAWB_DOUBLE;
        value.real = result.toDouble();
    } else if (result.isBool()) {
        value.tag = CAWB_BOOL;
        value.integer = result.toBool();
    } else if (result.isTensorList()) {
        return tensor_list_result(result);
    } else if (!result.isNone()) {
        throw Fault("a result of the kind " + result.tagKind() + " cannot be handed over");
    }
    return value;
}

// Clears the reused stack on every way out, so that no tensor outlives the call.
struct StackCleaner {
    std::vector<IValue>& stack;
    ~StackCleaner() { stack.clear(); }
};

int32_t call(cawb_operator& op, const cawb_value* arguments, int32_t count, cawb_value* results, int32_t capacity) {
    static thread_local std::vector<IValue> stack;
    StackCleaner cleaner{stack};
    const auto& slots = op.slots;
    if (static_cast<size_t>(count) > slots.size())
        throw Fault("takes " + std::to_string(slots.size()) + " arguments; got " + std::to_string(count));
    for (int32_t i = 0; i < count; ++i) stack.push_back(convert(arguments[i], slots[i]));
    for (size_t i = count; i < slots.size(); ++i) {
        if (!slots[i].has_default) throw Fault("argument '" + slots[i].name + "' (" + slots[i].type + ") is missing");
        stack.push_back(slots[i].fallback);
    }
    op.handle.callBoxed(&stack);
    if (capacity == 0) return 0;
    if (stack.size() > static_cast<size_t>(capacity))
        throw Fault("gives " + std::to_string(stack.size()) + " results; there is room for " + std::to_string(capacity));
    size_t done = 0;
    try {
        for (; done < stack.size(); ++done) results[done] = convert_result(stack[done]);
    } catch (...) {
        for (size_t i = 0; i < done; ++i) release_value(results[i]);
        throw;
    }
    return static_cast<int32_t>(done);
}

cawb_operator* find(const char* name, const char* overload) {
    static std::mutex mutex;
    static std::unordered_map<std::string, std::unique_ptr<cawb_operator>> operators;
    std::lock_guard<std::mutex> lock(mutex);
    auto& entry = operators[std::string(name) + '.' + overload];
    if (entry) return entry.get();
    const auto handle = c10::Dispatcher::singleton().findSchema(c10::OperatorName(name, overload));
    if (!handle) throw Fault(std::string("this libtorch (" TORCH_VERSION ") has no such operator"));
    auto op = std::make_unique<cawb_operator>(cawb_operator{*handle, {}});
    for (const auto& argument : handle->schema().arguments()) {
        Slot slot;
        const c10::Type* type = argument.type().get();
        if (type->kind() == TypeKind::OptionalType) {
            slot.optional = true;
            type = type->containedType(0).get();
        }
        slot.kind = kind_of(*type);
        slot.name = argument.name();
        slot.type = argument.type()->str();
        if (argument.default_value()) {
            slot.has_default = true;
            slot.fallback = *argument.default_value();
        } else if (slot.optional) {
            slot.has_default = true;
        }
        op->slots.push_back(std::move(slot));
    }
    entry = std::move(op);
    return entry.get();
}

// A training step frees and takes the same large blocks again and again. With glibc's defaults each of them is unmapped and
// faulted in anew, page by page; these thresholds keep them in the heap.
const bool allocator_tuned = [] {
    mallopt(M_MMAP_THRESHOLD, 32 << 20);
    mallopt(M_TRIM_THRESHOLD, 512 << 20);
    return true;
}();

}  // namespace

const char* cawb_torch_error(void) { return last_error.c_str(); }

const char* cawb_torch_version(void) { return TORCH_VERSION; }

int32_t cawb_torch_has_cuda(void) {
    return guarded([] { return at::hasCUDA() ? 1 : 0; }, -1);
}

int64_t cawb_torch_live(void) { return live_handles.load(std::memory_order_relaxed); }

int32_t cawb_torch_get_threads(void) {
    return guarded([] { return at::get_num_threads(); }, -1);
}

int32_t cawb_torch_set_threads(int32_t count) {
    return guarded(
        [=] {
            at::set_num_threads(count);
            // OpenBLAS keeps a pool of its own, which libtorch does not know of.
            using Setter = void (*)(int);
            if (auto set = reinterpret_cast<Setter>(dlsym(RTLD_DEFAULT, "openblas_set_num_threads"))) set(count);
            return 0;
        },
        -1);
}

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

cawb_operator* cawb_torch_operator(const char* name, const char* overload) {
    return guarded([=] { return find(name, overload); }, nullptr);
}

int32_t cawb_torch_call(cawb_operator* op, const cawb_value* arguments, int32_t count, cawb_value* results, int32_t capacity) {
    return guarded([=] { return call(*op, arguments, count, results, capacity); }, -1);
}

void cawb_torch_free(void* memory) { std::free(memory); }

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
